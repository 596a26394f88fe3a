import { useSignal } from '@preact/signals';
import type { CreateGradeInput } from 'hr-graph/client';
import { useRef } from 'preact/hooks';
import { hrGraph } from '../graph/hr-graph.ts';
import { refreshEverything } from '../graph/queries.ts';
import { troubleOf } from '../graph/sentences.ts';
import { announce } from '../parts/announcer.tsx';
import { Field } from '../parts/field.tsx';
import { pendingGrade } from './pending-grade.ts';
import { type Refusal, refusalOf } from './refusal.ts';

/** The new grade stands in the list at once, and is taken out again where NAVER WORKPLACE does not take it. */
export function NewGrade({ nextPlace }: { nextPlace: number }) {
  const refusal = useSignal<Refusal | null>(null);
  const form = useRef<HTMLFormElement>(null);
  const create = async (input: CreateGradeInput) => {
    if (pendingGrade.value !== null) return;
    pendingGrade.value = input;
    refusal.value = null;
    try {
      const { data } = await hrGraph.createGrade({ input });
      if (data.createGrade.__typename === 'CreateGradeSuccess') {
        await refreshEverything();
        form.current?.reset();
        announce(`Created: ${input.name}.`);
      } else refusal.value = refusalOf(data.createGrade);
    } catch (thrown) {
      // Whether it was done is not known: what is read now tells.
      await refreshEverything();
      refusal.value = { fields: {}, whole: troubleOf(thrown).text };
    }
    pendingGrade.value = null;
  };
  const errors = refusal.value?.fields ?? {};
  return (
    <form
      class="new-grade card padded"
      ref={form}
      aria-labelledby="new-grade"
      onSubmit={(event) => {
        event.preventDefault();
        void create(inputOf(new FormData(event.currentTarget)));
      }}
    >
      <h2 id="new-grade">A new grade</h2>
      <Field id="new-name" name="name" label="Name" maxLength={100} error={errors.name} />
      <Field id="new-key" name="externalKey" label="Key" maxLength={36} error={errors.externalKey} />
      <Field
        id="new-place"
        name="sortOrder"
        label="Place in the order"
        type="number"
        min={0}
        defaultValue={String(nextPlace)}
        error={errors.sortOrder}
      />
      <button type="submit" class="primary" aria-disabled={pendingGrade.value !== null}>
        {pendingGrade.value === null ? 'Create' : 'Creating…'}
      </button>
      {refusal.value?.whole != null && (
        <p class="refused" role="alert">
          {refusal.value.whole}
        </p>
      )}
    </form>
  );
}

const inputOf = (fields: FormData): CreateGradeInput => ({
  name: String(fields.get('name')).trim(),
  externalKey: String(fields.get('externalKey')).trim(),
  sortOrder: Number(fields.get('sortOrder')),
});
