import type { SharedList } from '../cache/shared-list.ts';
import type { ListName, Lists } from './list-names.ts';
import type { WriteRecord } from './write-record.ts';

/** The lists and writes that the processes of a deployment share. */
export type SharedData = {
  listOf<N extends ListName>(name: N): SharedList<Lists[N]>;
  catchUp(): Promise<void>;
  announce(record: WriteRecord): Promise<boolean>;
  /** Call it before any reading begins. `reset` is called when writes may have been missed. */
  attach(process: { apply(records: readonly WriteRecord[]): Promise<void>; reset(): Promise<void> }): void;
};
