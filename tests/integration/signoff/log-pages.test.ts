import fc from 'fast-check';
import { afterEach, beforeEach, expect, it } from 'vitest';
import type { LogFilter } from '../../../shared/contract/audit.ts';
import { openWorld, type World } from './world.ts';

const ACTORS = ['ada', 'ben', 'cleo'];
const ACTIONS = ['release.import', 'replay.finish'];
const DAYS = ['2026-11-01', '2026-11-02', '2026-11-03'];
const ENTRIES = 60;
let world: World;
beforeEach(async () => {
  world = await openWorld();
  for (let index = 0; index < ENTRIES; index += 1) append(index);
});
afterEach(() => world.close());

const pick = (words: readonly string[], index: number): string => words[index % words.length] ?? '';
const append = (index: number) =>
  world.log.db.transaction(() =>
    world.log.append({
      // a clock that was set back now and then
      at: `${pick(DAYS, index * 7)}T12:00:00.000Z`,
      actor: pick(ACTORS, index * 5 + (index % 4)),
      action: pick(ACTIONS, (index * 3) >> 1),
      subject: `thing ${index}`,
      body: null,
    }),
  )();
const page = (filter: Partial<LogFilter>, offset = 0, limit = 1000) =>
  world.log.entries({ search: '', ...filter, offset, limit });

const filter = fc.record(
  {
    actor: fc.constantFrom(...ACTORS, 'nobody'),
    action: fc.constantFrom(...ACTIONS),
    from: fc.constantFrom(...DAYS),
    until: fc.constantFrom(...DAYS.map((day) => `${day}T14:00:00+02:00`)),
  },
  { requiredKeys: [] },
);

it('shows exactly the entries that a filter lets through, newest first, page by page', () => {
  const all = page({}).rows;
  expect(all.map(({ seq }) => seq)).toEqual(Array.from(all, (_, index) => all.length - 1 - index));
  fc.assert(
    fc.property(filter, fc.nat(70), fc.nat(30), (asked, offset, limit) => {
      const { actor, action, from, until } = asked;
      const through = all.filter(
        (row) =>
          (actor === undefined || row.actor === actor) &&
          (action === undefined || row.action === action) &&
          (from === undefined || Date.parse(row.at) >= Date.parse(from)) &&
          (until === undefined || Date.parse(row.at) < Date.parse(until)),
      );
      const shown = page(asked, offset, limit);
      expect(shown.total).toBe(through.length);
      expect(shown.rows).toEqual(through.slice(offset, offset + limit));
      // a search for what every entry of ours holds narrows as the filter alone does
      const ours = through.filter(({ subject }) => subject.startsWith('thing'));
      expect(page({ ...asked, search: 'THING ' }).rows).toEqual(ours);
    }),
  );
});

it('shows what was added since, and nothing of a deed that was undone', () => {
  const before = page({}).total;
  const undone = world.log.db.transaction(() => {
    world.log.append({ at: '2026-11-09T00:00:00Z', actor: 'zoe', action: 'a', subject: 's', body: null });
    expect(page({ actor: 'zoe' }).total).toBe(1);
    throw new Error('undone');
  });
  expect(undone).toThrow('undone');
  expect(page({}).total).toBe(before);
  expect(world.log.facets().actors).not.toContain('zoe');
  append(0);
  expect(page({}).total).toBe(before + 1);
  expect(world.log.facets()).toEqual({
    actors: expect.arrayContaining(ACTORS),
    actions: expect.arrayContaining(ACTIONS),
  });
});
