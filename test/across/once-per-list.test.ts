import { describe, expect, it } from 'vitest';
import { createHolders } from '../../resolvers/holders.ts';
import { byValue, createSorting, descending, sortedBy } from '../../resolvers/order.ts';

type Person = { id: string; grade: string | null };

const people: readonly Person[] = Array.from({ length: 500 }, (_, index) => ({
  id: String(1_000 + index),
  grade: index % 7 === 0 ? null : `G${index % 13}`,
}));
const grades = Array.from({ length: 14 }, (_, index) => `G${index}`);

describe('the holders of a list of people', () => {
  it('are found by one look at each person, however many ask', () => {
    const holdersAmong = createHolders<Person>();
    let looks = 0;
    const gradeOf = ({ grade }: Person) => {
      looks += 1;
      return grade;
    };
    for (let round = 0; round < 3; round += 1) {
      for (const grade of grades) {
        expect(holdersAmong(people, grade, gradeOf)).toEqual(people.filter((it) => it.grade === grade));
      }
    }
    expect(looks).toBe(people.length);
    holdersAmong([...people], 'G1', gradeOf);
    expect(looks).toBe(2 * people.length);
  });
});

describe('a list of people in an order', () => {
  const idOf = ({ id }: Person) => id;
  const placesIn = (places: ReadonlyMap<string, number>) => ({
    ...byValue<Person>(({ grade }) => (grade === null ? null : (places.get(grade) ?? null)), idOf),
    basis: places,
  });
  const upwards = new Map(grades.map((grade, index) => [grade, index]));
  const downwards = new Map(grades.map((grade, index) => [grade, -index]));

  it('is sorted once by each order, and anew when what the order follows from has changed', () => {
    const sort = createSorting<Person>();
    const first = sort(people, 'GRADE_ASC', placesIn(upwards));
    expect(first).toEqual(sortedBy(people, placesIn(upwards)));
    expect(sort(people, 'GRADE_ASC', placesIn(upwards))).toBe(first);
    expect(sort(people, 'GRADE_DESC', descending(placesIn(upwards)))).toEqual(
      sortedBy(people, descending(placesIn(upwards))),
    );
    expect(sort(people, 'GRADE_ASC', placesIn(upwards))).toBe(first);

    const changed = sort(people, 'GRADE_ASC', placesIn(downwards));
    expect(changed).toEqual(sortedBy(people, placesIn(downwards)));
    expect(changed).not.toEqual(first);
    const fewer = people.slice(1);
    expect(sort(fewer, 'GRADE_ASC', placesIn(downwards))).toHaveLength(fewer.length);
  });
});
