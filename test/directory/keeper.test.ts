import { setImmediate as nextTurn } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { Keeper } from '../../src/directory/keeper.ts';

type Lists = { left: string; right: string };
type Snapshot = { readonly text: string };

const join = ({ left = '-', right = '-' }: Partial<Lists>): Snapshot => ({ text: `${left} ${right}` });

/** With what it was given, each time that it was built; building takes several turns of the event loop. */
function keeperWith(options: { onSwap?: (snapshot: Snapshot) => void; fails?: () => boolean } = {}) {
  const built: string[] = [];
  const keeper = new Keeper<Lists, Snapshot>(function* (lists) {
    built.push(join(lists).text);
    // However long the machine is busy with others: each of these takes a slice at least.
    for (let slice = 0; slice < 4; slice += 1) {
      const until = performance.now() + 10;
      while (performance.now() < until) yield;
    }
    if (options.fails?.()) throw new Error('It cannot be built.');
    return join(lists);
  }, options.onSwap);
  const committed: string[] = [];
  const publish = (name: keyof Lists, value: string, isWanted = () => true) =>
    keeper.publish(name, value, { isWanted, commit: () => void committed.push(value) });
  return { keeper, built, committed, publish };
}

describe('the keeper', () => {
  it('makes a list current together with the snapshot that follows from it', async () => {
    const { keeper, publish } = keeperWith();
    expect(keeper.snapshot).toBeNull();
    await publish('left', 'a');
    expect(keeper.snapshot).toEqual({ text: 'a -' });
    const seen: (string | undefined)[] = [];
    await keeper.publish('right', 'b', {
      isWanted: () => true,
      commit: () => void nextTurn().then(() => seen.push(keeper.snapshot?.text)),
    });
    await nextTurn();
    expect(seen).toEqual(['a b']);
  });

  it('builds one snapshot of lists that come together, and none for a list that is the same', async () => {
    const { keeper, built, publish } = keeperWith();
    await Promise.all([publish('left', 'a'), publish('right', 'b')]);
    expect(built).toEqual(['a b']);
    const { snapshot } = keeper;
    await publish('left', 'a');
    expect(keeper.snapshot).toBe(snapshot);
    expect(built).toHaveLength(1);
  });

  it('lets others run while it builds', async () => {
    const { keeper, publish } = keeperWith();
    let turns = 0;
    const published = publish('left', 'a').then(() => 'published');
    while ((await Promise.race([published, nextTurn('turn')])) === 'turn') turns += 1;
    expect(turns).toBeGreaterThan(1);
    expect(keeper.longestSliceMs).toBeGreaterThan(0);
  });

  it('builds nothing of a list that is no longer wanted, and does not commit one that has become so', async () => {
    const { keeper, built, committed, publish } = keeperWith();
    await publish('left', 'old', () => false);
    expect(built).toEqual([]);
    let isWanted = true;
    const published = publish('left', 'late', () => isWanted);
    const other = publish('right', 'b');
    await nextTurn();
    isWanted = false;
    await Promise.all([published, other]);
    expect(committed).toEqual(['b']);
    expect(keeper.snapshot).toEqual({ text: '- b' });
  });

  it('takes one value of a list after the other', async () => {
    const { keeper, built, committed, publish } = keeperWith();
    await Promise.all([publish('left', 'a'), publish('left', 'b'), publish('right', 'c'), publish('left', 'd')]);
    expect(committed).toEqual(['a', 'c', 'b', 'd']);
    expect(built).toEqual(['a c', 'b c', 'd c']);
    expect(keeper.snapshot).toEqual({ text: 'd c' });
  });

  it('keeps list and snapshot where the next one cannot be built, tells who published it, and goes on', async () => {
    let fails = false;
    const { keeper, committed, publish } = keeperWith({ fails: () => fails });
    await publish('left', 'a');
    fails = true;
    await expect(publish('left', 'b')).rejects.toThrow('It cannot be built.');
    expect(keeper.snapshot).toEqual({ text: 'a -' });
    expect(committed).toEqual(['a']);
    fails = false;
    await publish('right', 'c');
    expect(keeper.snapshot).toEqual({ text: 'a c' });
  });

  it('tells of each snapshot once it is current', async () => {
    const told: [string, string | undefined][] = [];
    const { keeper, publish } = keeperWith({ onSwap: ({ text }) => told.push([text, keeper.snapshot?.text]) });
    await publish('left', 'a');
    await publish('left', 'a');
    await publish('right', 'b');
    expect(told).toEqual([
      ['a -', 'a -'],
      ['a b', 'a b'],
    ]);
  });
});
