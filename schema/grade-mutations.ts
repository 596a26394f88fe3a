import { addItemMutations } from './naver-item-mutations.ts';

addItemMutations('Grade');
