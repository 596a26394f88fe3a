import { readFileSync } from 'node:fs';
import { type FieldDefinitionNode, Kind, type ObjectTypeDefinitionNode, parse } from 'graphql';
import { describe, expect, it } from 'vitest';

const published = readFileSync(new URL('../../schema/schema.graphql', import.meta.url), 'utf8');

/** What `@data` says on a type or a field of the SDL. */
function classOf({ directives = [] }: Pick<ObjectTypeDefinitionNode | FieldDefinitionNode, 'directives'>) {
  const [argument] = directives.find((it) => it.name.value === 'data')?.arguments ?? [];
  return argument?.value.kind === Kind.ENUM ? argument.value.value : undefined;
}

/** The class of every field of objects and interfaces: its own, else that of its type. */
function classesIn(sdl: string): Map<string, { dataClass: string | undefined; shows: string }> {
  const classes = new Map<string, { dataClass: string | undefined; shows: string }>();
  for (const type of parse(sdl).definitions) {
    if (type.kind !== Kind.OBJECT_TYPE_DEFINITION && type.kind !== Kind.INTERFACE_TYPE_DEFINITION) continue;
    for (const field of type.fields ?? []) {
      const dataClass = classOf(field) ?? classOf(type);
      classes.set(`${type.name.value}.${field.name.value}`, { dataClass, shows: typeNameOf(field) });
    }
  }
  return classes;
}

function typeNameOf(field: FieldDefinitionNode): string {
  let { type } = field;
  while (type.kind !== Kind.NAMED_TYPE) type = type.type;
  return type.name.value;
}

const unclassedIn = (sdl: string): string[] =>
  [...classesIn(sdl)].filter(([, { dataClass }]) => dataClass === undefined).map(([coordinate]) => coordinate);

describe('the published schema', () => {
  const classes = classesIn(published);

  it('says of every field how much care its data takes', () => {
    expect(classes.size).toBeGreaterThan(150);
    expect(unclassedIn(published)).toEqual([]);
  });

  it('has classes that clients can look up', () => {
    expect(published).toMatch(/^directive @data\(class: DataClass!\) on /m);
    expect(published).toMatch(/^enum DataClass \{/m);
  });

  it('calls sensitive only what tells who is to come and who has left', () => {
    const sensitive = [...classes].filter(([, { dataClass }]) => dataClass === 'SENSITIVE');
    expect(sensitive.map(([coordinate]) => coordinate).sort()).toEqual(['ConflictingRecord.status', 'Employee.status']);
  });

  it('calls nothing public that is of a person or leads to one', () => {
    const ofPeople = ['Employee', 'EmployeeIdentity', 'IdentityConflict', 'ConflictingRecord', 'JobRoleAssignment'];
    const isOfPeople = (typeName: string) => ofPeople.includes(typeName.replace(/(Connection|Edge)$/, ''));
    const publicOnes = [...classes].filter(([, { dataClass }]) => dataClass === 'PUBLIC');
    const breaches = publicOnes.filter(
      ([coordinate, { shows }]) => isOfPeople(coordinate.split('.')[0] ?? '') || isOfPeople(shows),
    );
    expect(breaches.map(([coordinate]) => coordinate)).toEqual([]);
  });

  it('calls the reference data of the company public', () => {
    const reference = /^(JobQualification|Profession|JobRole|Organisation|Grade|Position|LocalizedText)\./;
    const others = [...classes].filter(
      ([coordinate, { dataClass }]) => reference.test(coordinate) && dataClass !== 'PUBLIC',
    );
    expect(others.map(([coordinate]) => coordinate).sort()).toEqual([
      'Grade.employees',
      'JobQualification.employees',
      'JobRole.assignments',
      'Position.employees',
    ]);
  });
});

describe('a field without a class', () => {
  it('is found, unless its type has one', () => {
    const sdl =
      'type A @data(class: PUBLIC) { a: Int } type B { b: Int @data(class: PUBLIC) c: Int } interface C { d: Int }';
    expect(unclassedIn(sdl)).toEqual(['B.c', 'C.d']);
  });
});
