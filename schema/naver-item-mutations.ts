import { open } from '../resolvers/declarations.ts';
import * as write from '../resolvers/write-naver-item.ts';
import { builder } from './builder.ts';
import { LocalizedTextInputRef } from './localized-text.ts';
import {
  AlreadyExistsErrorRef,
  commonErrorRefs,
  InUseErrorRef,
  NotFoundErrorRef,
  VersionConflictErrorRef,
} from './mutation-results.ts';

const keyRules = "The company's own key for it: 1 to 36 letters, digits, `.`, `_` or `-`.";
const nameRules = '1 to 100 characters, and of no other one: NAVER WORKPLACE takes each name once.';
const sortRules = 'Where NAVER WORKPLACE displays it, from 0; several may share a place.';
const guard = 'Refuse unless this is still its version.';

/** Inputs, results and mutations of grades or positions: `createGrade`, `updateGrade`, `deleteGrade`. */
export function addItemMutations(type: write.ItemType): void {
  const noun = type === 'Grade' ? 'grade' : 'position';
  const { create, update, remove } = write.itemWriter(type);

  const CreateInput = builder.inputRef<write.CreateItemInput>(`Create${type}Input`).implement({
    description: `A new ${noun}.`,
    fields: (t) => ({
      externalKey: t.string({ required: true, description: keyRules }),
      name: t.string({ required: true, description: nameRules }),
      names: t.field({ type: [LocalizedTextInputRef], description: 'Translations of the name, each locale once.' }),
      sortOrder: t.int({ required: true, description: sortRules }),
      isActive: t.boolean({ defaultValue: true, description: "NAVER's itemUsed: whether it is in use." }),
    }),
  });

  const UpdateInput = builder.inputRef<write.UpdateItemInput>(`Update${type}Input`).implement({
    description:
      "Absent fields keep their value: the upstream replaces whole objects, the graph does not. An explicit null, or a locale that cannot be mapped to NAVER's form, is InvalidInputError.",
    fields: (t) => ({
      externalKey: t.string({ required: true }),
      name: t.string({ description: nameRules }),
      names: t.field({
        type: [LocalizedTextInputRef],
        description:
          'Merged by locale: an empty text removes that locale, the others stay. NAVER knows locales of a language and a country; any other is understood only where the object has it already, and a language alone where the object has one name in it.',
      }),
      sortOrder: t.int({ description: sortRules }),
      isActive: t.boolean(),
      expectedVersion: t.string({ description: guard }),
    }),
  });

  const DeleteInput = builder.inputRef<write.DeleteItemInput>(`Delete${type}Input`).implement({
    description: 'Refused with InUseError while people hold it, unless evenIfInUse.',
    fields: (t) => ({
      externalKey: t.string({ required: true }),
      expectedVersion: t.string({ description: guard }),
      evenIfInUse: t.boolean({
        defaultValue: false,
        description: 'NAVER does not document what it then makes of those who hold it.',
      }),
    }),
  });

  const writtenRef = (verb: 'Create' | 'Update', description: string) =>
    builder.objectRef<write.ItemSuccess>(`${verb}${type}Success`).implement({
      description,
      scope: open,
      dataClass: 'PUBLIC',
      fields: (t) => ({ [noun]: t.field({ type, resolve: (it) => it.item }) }),
    });
  const CreateSuccess = writtenRef('Create', `The new ${noun}, as NAVER WORKPLACE now has it.`);
  const UpdateSuccess = writtenRef('Update', `The ${noun}, as NAVER WORKPLACE now has it.`);
  const DeleteSuccess = builder.objectRef<write.DeleteItemSuccess>(`Delete${type}Success`).implement({
    description: `The ${noun} is gone.`,
    scope: open,
    dataClass: 'PUBLIC',
    fields: (t) => ({ deletedId: t.exposeID('deletedId'), externalKey: t.exposeString('externalKey') }),
  });

  const CreateResult = builder.unionType(`Create${type}Result`, {
    description: 'The new object, or why there is none.',
    types: [CreateSuccess, AlreadyExistsErrorRef, ...commonErrorRefs],
  });
  const UpdateResult = builder.unionType(`Update${type}Result`, {
    description: 'The object as it is now, or why it was not changed.',
    types: [UpdateSuccess, NotFoundErrorRef, AlreadyExistsErrorRef, VersionConflictErrorRef, ...commonErrorRefs],
  });
  const DeleteResult = builder.unionType(`Delete${type}Result`, {
    description: 'What is gone, or why it was kept.',
    types: [DeleteSuccess, NotFoundErrorRef, VersionConflictErrorRef, InUseErrorRef, ...commonErrorRefs],
  });

  builder.mutationFields((t) => ({
    [`create${type}`]: t.field({
      type: CreateResult,
      description: `Adds a ${noun} to NAVER WORKPLACE.`,
      args: { input: t.arg({ type: CreateInput, required: true }) },
      resolve: create,
    }),
    [`update${type}`]: t.field({
      type: UpdateResult,
      description: `Changes a ${noun} in NAVER WORKPLACE.`,
      args: { input: t.arg({ type: UpdateInput, required: true }) },
      resolve: update,
    }),
    [`delete${type}`]: t.field({
      type: DeleteResult,
      description: `Takes a ${noun} out of NAVER WORKPLACE.`,
      args: { input: t.arg({ type: DeleteInput, required: true }) },
      resolve: remove,
    }),
  }));
}
