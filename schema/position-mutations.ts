import { addItemMutations } from './naver-item-mutations.ts';
import { PositionRef } from './refs.ts';

addItemMutations('Position', PositionRef);
