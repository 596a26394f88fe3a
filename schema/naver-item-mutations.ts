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

const keyRules = "The company's own key of the object: 1 to 36 letters, digits, `.`, `_` or `-`.";
const nameRules = '1 to 100 characters. Names are unique in NAVER WORKPLACE.';
const sortRules = 'The place in the display order of NAVER WORKPLACE, from 0; several objects may share one.';
const guard = 'Fail with VersionConflictError unless this is still the version of the object.';

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
      isActive: t.boolean({ defaultValue: true, description: "NAVER's itemUsed: whether the object is in use." }),
    }),
  });

  const UpdateInput = builder.inputRef<write.UpdateItemInput>(`Update${type}Input`).implement({
    description:
      'Absent fields keep their value, although NAVER itself replaces whole objects. An explicit null, or a locale without a NAVER form, gives InvalidInputError.',
    fields: (t) => ({
      externalKey: t.string({ required: true }),
      name: t.string({ description: nameRules }),
      names: t.field({
        type: [LocalizedTextInputRef],
        description:
          'Merged by locale: an empty text removes that locale, the others stay. NAVER has locales of a language and a country. Any other locale is accepted only if the object already has it; a language without a country, only if the object has exactly one name in it.',
      }),
      sortOrder: t.int({ description: sortRules }),
      isActive: t.boolean(),
      expectedVersion: t.string({ description: guard }),
    }),
  });

  const DeleteInput = builder.inputRef<write.DeleteItemInput>(`Delete${type}Input`).implement({
    description: 'Fails with InUseError while people hold the object, unless evenIfInUse is set.',
    fields: (t) => ({
      externalKey: t.string({ required: true }),
      expectedVersion: t.string({ description: guard }),
      evenIfInUse: t.boolean({
        defaultValue: false,
        description: 'Delete the object even if people hold it. NAVER does not document what happens to these people.',
      }),
    }),
  });

  const writtenRef = (verb: 'Create' | 'Update', description: string) =>
    builder.objectRef<write.ItemSuccess>(`${verb}${type}Success`).implement({
      description,
      scope: open,
      dataClass: 'PUBLIC',
      fields: (t) => ({ [noun]: t.field({ type, resolve: ({ item }) => item }) }),
    });
  const CreateSuccess = writtenRef('Create', `The new ${noun}, as stored by NAVER WORKPLACE.`);
  const UpdateSuccess = writtenRef('Update', `The changed ${noun}, as stored by NAVER WORKPLACE.`);
  const DeleteSuccess = builder.objectRef<write.DeleteItemSuccess>(`Delete${type}Success`).implement({
    description: `The ${noun} was deleted.`,
    scope: open,
    dataClass: 'PUBLIC',
    fields: (t) => ({ deletedId: t.exposeID('deletedId'), externalKey: t.exposeString('externalKey') }),
  });

  const CreateResult = builder.unionType(`Create${type}Result`, {
    description: 'The new object, or the reason why none was created.',
    types: [CreateSuccess, AlreadyExistsErrorRef, ...commonErrorRefs],
  });
  const UpdateResult = builder.unionType(`Update${type}Result`, {
    description: 'The changed object, or the reason why it was not changed.',
    types: [UpdateSuccess, NotFoundErrorRef, AlreadyExistsErrorRef, VersionConflictErrorRef, ...commonErrorRefs],
  });
  const DeleteResult = builder.unionType(`Delete${type}Result`, {
    description: 'The deleted object, or the reason why it was not deleted.',
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
      description: `Deletes a ${noun} from NAVER WORKPLACE.`,
      args: { input: t.arg({ type: DeleteInput, required: true }) },
      resolve: remove,
    }),
  }));
}
