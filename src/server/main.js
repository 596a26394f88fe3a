import { enableCompileCache, flushCompileCache } from 'node:module';
import { fileURLToPath } from 'node:url';

// Type stripping and compilation take most of a start and always give the same result, so that is cached. The cache is
// beside the packages, where no other user can put code; without write access there, nothing is cached. This file is
// JavaScript because it runs first: one TypeScript file would load the compiler, a tenth of a second and 10 MB.
enableCompileCache(fileURLToPath(new URL('../../node_modules/.cache/hr-graph', import.meta.url)));
await import('./start.ts');
flushCompileCache();
