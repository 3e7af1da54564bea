import fc from 'fast-check';
import { afterEach, beforeEach, expect, it } from 'vitest';
import type { LogFilter } from '../../../shared/contract/audit.ts';
import { logReads } from '../../../electron/services/audit/aside.ts';
import { proveEntry } from '../../../electron/services/audit/prove.ts';
import { Jobs } from '../../../electron/services/jobs/jobs.ts';
import { WorkerPool } from '../../../electron/workers/pool.ts';
import { replayWorker } from '../../fixtures/replay/made.ts';
import { openWorld, type World } from './world.ts';

const ACTORS = ['ada', 'ben', 'cleo'];
const WORDS = ['', 'thing 1', 'SECRET', 'ada', 'nowhere'];
let world: World;
let pool: WorkerPool;
beforeEach(async () => {
  world = await openWorld();
  pool = new WorkerPool(replayWorker, 1);
  append(0, 60);
});
afterEach(async () => {
  await pool.close();
  world.close();
});

function append(from: number, until: number): void {
  world.log.db.transaction(() => {
    for (let index = from; index < until; index += 1)
      world.log.append({
        at: `2026-11-0${1 + (index % 9)}T12:00:00.000Z`,
        actor: ACTORS[index % ACTORS.length] ?? '',
        action: index % 2 === 0 ? 'test.note' : 'test.other',
        subject: `thing ${index}`,
        body: {},
        texts: index % 5 === 0 ? { note: `secret of ${index}` } : {},
      });
  })();
}

/** What ada wrote is kept from who reads here. */
const withholds = ({ actor }: { actor: string }) => actor === 'ada';
const aside = () =>
  logReads({ workspace: world.workspace, log: world.log, pool, jobs: new Jobs(() => {}) }, withholds, 0);

const asked = fc.record({
  search: fc.constantFrom(...WORDS),
  actor: fc.option(fc.constantFrom(...ACTORS), { nil: undefined }),
  action: fc.option(fc.constantFrom('test.note', 'test.never'), { nil: undefined }),
  from: fc.option(fc.constantFrom('2026-11-03', '2026-11-05T14:00:00+02:00'), { nil: undefined }),
  offset: fc.nat(70),
  limit: fc.nat(30),
});

it('shows on a thread of its own exactly what is shown on the spot, withheld texts not among it', async () => {
  const reads = aside();
  const whole = { search: '', offset: 0, limit: 1000 };
  // first without an index, then with one
  expect(await reads.entries(whole)).toEqual(world.log.entries(whole, withholds));
  expect(await reads.facets()).toEqual(world.log.facets());
  expect(await reads.entries(whole)).toEqual(world.log.entries(whole, withholds));
  await fc.assert(
    fc.asyncProperty(asked, async (query: LogFilter & { offset: number; limit: number }) => {
      expect(await reads.entries(query)).toEqual(world.log.entries(query, withholds));
    }),
  );
  const secret = await reads.entries({ ...whole, search: 'secret' });
  expect(secret.rows.map(({ actor }) => actor)).not.toContain('ada');
});

it('shows there what was added since, and proves every entry with the same bytes', async () => {
  const reads = aside();
  const newest = { search: '', actor: 'ben', offset: 0, limit: 1 };
  const { total } = await reads.entries(newest);
  append(60, 90);
  expect(await reads.entries(newest)).toMatchObject({ total: total + 10, rows: [{ subject: 'thing 88' }] });
  for (const seq of [0, 13, 64, 90])
    expect((await reads.prove({ seq })).text).toBe(proveEntry(world.log, seq));
  await expect(reads.prove({ seq: 1000 })).rejects.toMatchObject({ code: 'not_found' });
});
