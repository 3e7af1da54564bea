import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { testFolder } from '../../fixtures/replay/folder.ts';
import { makeBundle } from '../../fixtures/replay/bundle.ts';
import { newServices, openServices } from '../../fixtures/replay/services.ts';
import { keyedTable } from '../../fixtures/weights/safetensors.ts';

const PARENT = {
  name: 'made',
  features: ['a', 'b', 'c'],
  hidden: [4],
  seed: 1,
  heads: [{ name: 'like', weight: 1 }],
  tables: keyedTable('authors', { ada: [1, 0], bea: [0, 1], cem: [1, 1] }),
};
const CHILD = {
  ...PARENT,
  version: '2',
  parent: '1',
  heads: [{ name: 'like', weight: 4 }],
  tables: keyedTable('authors', { ada: [1, 0], bea: [3, 5], cem: [1, 2] }),
};

async function workspace() {
  const opened = await newServices();
  const { releases } = opened.services;
  const folder = testFolder();
  const before = await releases.import({ path: makeBundle(join(folder, 'one'), PARENT) });
  const after = await releases.import({ path: makeBundle(join(folder, 'two'), CHILD) });
  return { ...opened, pair: { before: before.digest, after: after.digest } };
}

const TABLE = 'weights/tables.safetensors: authors';
const first = { sort: 'change', desc: true, q: '', kind: null, offset: 0, limit: 10 } as const;

describe('the changes of a release against another', () => {
  it('are not there until a job compared the two; then they stay, with a log entry', async () => {
    const { services, folder, pair } = await workspace();
    const { weights, jobs, audit } = services;
    expect(await weights.changes(pair)).toMatchObject({
      compared: null,
      jobId: null,
      before: { version: '1' },
    });
    await expect(weights.changesDocument(pair)).rejects.toThrow('compare them first');
    const { jobId } = await weights.compare(pair);
    expect((await weights.compare(pair)).jobId).toBe(jobId);
    expect(await jobs.ended(jobId)).toMatchObject({ state: 'done', unit: 'values' });
    const { compared } = await weights.changes(pair);
    expect(compared?.changes.policy.map(({ words }) => words)).toEqual(['like 1 → 4: 4 times stronger']);
    expect(compared?.changes.papers.manifest).toContainEqual({ what: 'parent', before: 'none', after: '1' });
    const { json, fileName } = await weights.changesDocument(pair);
    expect(createHash('sha256').update(json).digest('hex')).toBe(compared?.digest);
    expect(fileName).toBe('2.changes-since-1.json');
    const { rows } = await audit.entries({ search: '', offset: 0, limit: 5 });
    expect(rows.map(({ action }) => action)).toContain('release.compare');
    const again = openServices(folder);
    expect((await again.services.weights.changes(pair)).compared?.digest).toBe(compared?.digest);
  });

  it('lists tensors, what changed most first, and the rows that moved by their keys', async () => {
    const { services, pair } = await workspace();
    await services.jobs.ended((await services.weights.compare(pair)).jobId);
    const { weights } = services;
    const all = await weights.tensorDifferences({ ...pair, ...first });
    expect(all.rows[0]).toMatchObject({ name: TABLE, kind: 'changed' });
    expect(all.rows.filter(({ kind }) => kind === 'equal').length).toBe(all.total - 1);
    const named = await weights.tensorDifferences({ ...pair, ...first, q: 'AUTHORS.K' });
    expect(named.rows.map(({ name }) => name)).toEqual([`${TABLE}.keys`]);
    const changed = await weights.tensorDifferences({ ...pair, ...first, kind: 'changed' });
    expect(changed.total).toBe(1);
    // ada stays, bea moves by (3,4), cem by (0,1): ‖b − a‖² = 26, ‖a‖² = 4
    const detail = await weights.tensorDifference({ ...pair, tensor: TABLE });
    expect(detail.movedRows).toEqual([
      { row: 1, key: 'bea', norm: 5 },
      { row: 2, key: 'cem', norm: 1 },
    ]);
    expect(detail.change?.relative).toBeCloseTo(Math.sqrt(26 / 4), 12);
    expect(detail.histogram).toEqual([
      { power: 0, rises: 1, falls: 0 },
      { power: 1, rises: 1, falls: 0 },
      { power: 2, rises: 1, falls: 0 },
    ]);
    await expect(weights.tensorDifference({ ...pair, tensor: 'gone' })).rejects.toThrow('No tensor "gone"');
  });

  it('keeps nothing of a comparison that is cancelled', async () => {
    const { services, pair } = await workspace();
    const { jobId } = await services.weights.compare(pair);
    await services.jobs.cancel({ id: jobId });
    expect(await services.jobs.ended(jobId)).toMatchObject({ state: 'cancelled' });
    expect(await services.weights.changes(pair)).toMatchObject({ compared: null, jobId: null });
  });

  it('refuses a release against itself and one that is not here', async () => {
    const { services, pair } = await workspace();
    await expect(services.weights.compare({ ...pair, before: pair.after })).rejects.toThrow('against itself');
    await expect(services.weights.compare({ ...pair, before: 'f'.repeat(64) })).rejects.toThrow(
      'holds no release',
    );
  });
});
