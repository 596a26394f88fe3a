import { type GraphQLSchema, isEnumType, isInputObjectType, isInterfaceType, isObjectType } from 'graphql';

/** The messages about deprecations without a date. */
export function undatedDeprecations(schema: GraphQLSchema): string[] {
  return [...deprecationsOf(schema)]
    .filter(([, reason]) => !hasDate(reason))
    .map(([place]) => `${place} is deprecated without a date: add the date of removal to the reason, as YYYY-MM-DD.`);
}

function hasDate(reason: string): boolean {
  const [date] = /\b\d{4}-\d\d-\d\d\b/.exec(reason) ?? [];
  return date !== undefined && !Number.isNaN(Date.parse(date));
}

function* deprecationsOf(schema: GraphQLSchema): Generator<[place: string, reason: string]> {
  for (const type of Object.values(schema.getTypeMap())) {
    const hasFields = isObjectType(type) || isInterfaceType(type) || isInputObjectType(type);
    const members = isEnumType(type) ? type.getValues() : hasFields ? Object.values(type.getFields()) : [];
    for (const member of members) {
      if (member.deprecationReason != null) yield [`${type.name}.${member.name}`, member.deprecationReason];
      for (const arg of 'args' in member ? member.args : []) {
        if (arg.deprecationReason != null) yield [`${type.name}.${member.name}(${arg.name}:)`, arg.deprecationReason];
      }
    }
  }
}
