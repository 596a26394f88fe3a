import { signal } from '@preact/signals';
import type { CreateGradeInput } from 'hr-graph/client';

/** What is on its way to the server; null where nothing is. */
export const pendingGrade = signal<CreateGradeInput | null>(null);
