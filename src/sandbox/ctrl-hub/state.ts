import type { CtrlHubData } from '../company/data.ts';
import type { EmulatorRequest, Reply } from '../emulator.ts';
import type { Credentials } from './credentials.ts';
import type { CtrlHubKnobs } from './knobs.ts';

/** The state that all endpoints share. */
export type CtrlHubState = { data: CtrlHubData; knobs: CtrlHubKnobs; now: () => Date; credentials: Credentials };

/** `pathId` and `innerId`: the identifiers in the path, lower-cased; '' if the path has fewer. */
export type Handler = (state: CtrlHubState, request: EmulatorRequest, pathId: string, innerId: string) => Reply;

/** `path` captures the identifiers, if there are any. */
export type Route = { path: RegExp; methods: Record<string, Handler> };
