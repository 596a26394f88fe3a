import type { SharedList } from '../cache/shared-list.ts';
import type { ListName, Lists } from './list-names.ts';
import type { WriteRecord } from './write-record.ts';

/** The lists and writes that processes have in common. */
export type SharedData = {
  listOf<N extends ListName>(name: N): SharedList<Lists[N]>;
  catchUp(): Promise<void>;
  announce(record: WriteRecord): Promise<boolean>;
  /** Before anything is read. `reset`: what was written is unknown. */
  attach(process: { apply(records: readonly WriteRecord[]): Promise<void>; reset(): Promise<void> }): void;
};
