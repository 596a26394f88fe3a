import { type Logger, pino } from 'pino';
import type { AuditEntry } from '../../resolvers/context.ts';
import type { AuditTarget } from '../config/audit-target.ts';
import type { ShownData } from './shown-data.ts';
import { currentRequestId } from './telemetry/request-scope.ts';

/** One operation, and the data that its caller received. It never contains a value, an argument or a variable. */
type ReadEntry = ShownData & {
  viewer: string;
  /** The operation's name, if it has one. */
  operation: string | null;
  operationType: 'query' | 'mutation' | 'subscription';
  /** The number of errors for each code. */
  errors: Record<string, number>;
};

/** Who read and wrote which data: one JSON line each, with `time`, `audit: "read" | "write"` and `requestId`. */
export type AuditLog = {
  /** False if AUDIT_LOG is off. */
  isOn: boolean;
  read(entry: ReadEntry): void;
  /** Writes also go to the server's log, even if the audit log is off. There the key is null if it names no object. */
  write(entry: AuditEntry): void;
};

/** Hands each line to the operating system before the caller gets the response. A failed write is logged as an error. */
export function openAuditLog(target: AuditTarget, logger: Logger): AuditLog {
  const lines = target === 'off' ? null : destinationOf(target);
  lines?.on('error', (error: unknown) => logger.error({ err: error }, 'the audit log cannot be written'));

  const add = (audit: 'read' | 'write', entry: object) => {
    const [time, requestId] = [new Date().toISOString(), currentRequestId() ?? undefined];
    lines?.write(`${JSON.stringify({ time, audit, requestId, ...entry })}\n`);
  };

  return {
    isOn: lines !== null,
    read: (entry) => add('read', entry),
    write: (entry) => {
      logger.info({ audit: namesAnObject(entry) ? entry : { ...entry, key: null } }, 'write');
      add('write', entry);
    },
  };
}

/** If the key names no object, it is arbitrary text of a caller, which belongs into the audit log only. */
const namesAnObject = ({ outcome }: AuditEntry): boolean =>
  !['ForbiddenError', 'InvalidInputError', 'NotFoundError'].includes(outcome);

/** Appends to the file, or creates a file that only its owner can read. */
const destinationOf = (target: Exclude<AuditTarget, 'off'>) =>
  pino.destination(target === 'stdout' ? { dest: 1, sync: true } : { dest: target.file, sync: true, mode: 0o600 });
