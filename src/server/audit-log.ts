import { type Logger, pino } from 'pino';
import type { AuditEntry } from '../../resolvers/context.ts';
import type { AuditTarget } from '../config/audit-target.ts';
import type { ShownData } from './shown-data.ts';
import { currentRequestId } from './telemetry/request-scope.ts';

/** One operation, and what its caller got to see: never a value, an argument or a variable. */
type ReadEntry = ShownData & {
  viewer: string;
  /** The operation's name, where it has one. */
  operation: string | null;
  operationType: 'query' | 'mutation' | 'subscription';
  /** How often each code. */
  errors: Record<string, number>;
};

/** Who has read and written what: a JSON line each, with `time`, `audit: "read" | "write"` and `requestId`. */
export type AuditLog = {
  /** False where nobody keeps what is read. */
  isOn: boolean;
  read(entry: ReadEntry): void;
  /** Writes are in the server's own log as well, whether or not the audit log is on; there without keys of nothing. */
  write(entry: AuditEntry): void;
};

/** A line is with the system before the answer is with the caller. What cannot be written is told to the server's log. */
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
      logger.info({ audit: isAboutSomething(entry) ? entry : { ...entry, key: null } }, 'write');
      add('write', entry);
    },
  };
}

/** Else the key is whatever a caller wrote, which is for the audit log alone. */
const isAboutSomething = ({ outcome }: AuditEntry): boolean =>
  !['ForbiddenError', 'InvalidInputError', 'NotFoundError'].includes(outcome);

/** A file is made where there is none, for its owner alone, and appended to. */
const destinationOf = (target: Exclude<AuditTarget, 'off'>) =>
  pino.destination(target === 'stdout' ? { dest: 1, sync: true } : { dest: target.file, sync: true, mode: 0o600 });
