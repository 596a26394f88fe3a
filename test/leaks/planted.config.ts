import { defineConfig } from 'vitest/config';
import everyTest from '../../vitest.config.ts';

/** The run as it is, of one test alone, which makes a program say too much. search.test.ts starts it. */
export default defineConfig({ ...everyTest, test: { ...everyTest.test, include: ['test/leaks/planted-leak.ts'] } });
