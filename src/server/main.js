import { enableCompileCache, flushCompileCache } from 'node:module';
import { fileURLToPath } from 'node:url';

// Stripping types and compiling take most of a start, and come out the same every time. What they come to is kept beside
// the packages, where nobody else can put code in our name, and not at all where that cannot be written. This file is
// JavaScript because it runs before that: one file of TypeScript would load the compiler, a tenth of a second and 10 MB.
enableCompileCache(fileURLToPath(new URL('../../node_modules/.cache/hr-graph', import.meta.url)));
await import('./start.ts');
flushCompileCache();
