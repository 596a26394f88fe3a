import { addItemMutations } from './naver-item-mutations.ts';
import { GradeRef } from './refs.ts';

addItemMutations('Grade', GradeRef);
