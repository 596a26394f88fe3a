import type { LocalizedTextInput, UpdateGradeInput } from 'hr-graph/client';
import { hrGraph, locale } from '../graph/hr-graph.ts';
import { refreshEverything } from '../graph/queries.ts';
import { troubleOf } from '../graph/sentences.ts';
import type { EditableGrade } from './grades-query.ts';
import { type Refusal, refusalOf } from './refusal.ts';
import { setWrittenName } from './written-names.ts';

/**
 * Renames a grade, optimistically: all pages show the new name at once, and the old one again where the write is refused.
 * Resolves with why, or with null where it was done and everything was read anew.
 */
export async function renameGrade(grade: EditableGrade, name: string): Promise<Refusal | null> {
  setWrittenName(grade.id, name);
  try {
    const { data } = await hrGraph.updateGrade({ input: inputOf(grade, name), locale });
    if (data.updateGrade.__typename !== 'UpdateGradeSuccess') {
      if (data.updateGrade.__typename === 'VersionConflictError') void refreshEverything();
      return refusalOf(data.updateGrade);
    }
    await refreshEverything();
    return null;
  } catch (thrown) {
    // Whether it was done is not known: what is read now tells.
    void refreshEverything();
    return { fields: {}, whole: troubleOf(thrown).text };
  } finally {
    setWrittenName(grade.id, null);
  }
}

/**
 * The name that is shown is a translation, or the plain name where there is none. What is renamed is what is shown; the
 * plain name goes with it where it was the same. Other languages stay.
 */
function inputOf(grade: EditableGrade, name: string): UpdateGradeInput {
  const { externalKey, version, plainName } = grade;
  const shown = grade.names.filter((it) => it.text === grade.name && it.locale.startsWith(languageOf(locale)));
  const names: LocalizedTextInput[] = shown.map((it) => ({ locale: it.locale, text: name }));
  return {
    externalKey,
    expectedVersion: version,
    ...((plainName === grade.name || names.length === 0) && { name }),
    ...(names.length > 0 && { names }),
  };
}

const languageOf = (tag: string): string => new Intl.Locale(tag).language;
