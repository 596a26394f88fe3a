import type { LuccaVariation } from '../../src/sandbox/lucca/variations.ts';
import type { Cells } from './cells.ts';

const same: Cells = ['same', 'same', 'same'];

export const luccaExpectations: Partial<Record<LuccaVariation, Cells>> = {
  'an item without id': same,
};
