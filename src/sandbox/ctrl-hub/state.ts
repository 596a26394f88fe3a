import type { CtrlHubData } from '../company/data.ts';
import type { EmulatorRequest, Reply } from '../emulator.ts';
import type { Credentials } from './credentials.ts';
import type { CtrlHubKnobs } from './knobs.ts';

/** What every endpoint of the emulator works on. */
export type CtrlHubState = { data: CtrlHubData; knobs: CtrlHubKnobs; now: () => Date; credentials: Credentials };

/** `pathId` is the identifier in the path, lower-cased; '' where the path has none. */
export type Handler = (state: CtrlHubState, request: EmulatorRequest, pathId: string) => Reply;

/** `path` captures the identifier, if there is one. */
export type Route = { path: RegExp; methods: Record<string, Handler> };
