import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { makeBundle } from '../../fixtures/replay/bundle.ts';
import { testFolder } from '../../fixtures/replay/folder.ts';
import { newServices } from '../../fixtures/replay/services.ts';
import { embeddingBundle, expected, ITEMS } from '../../fixtures/weights/embedding-bundle.ts';
import { keyedTable } from '../../fixtures/weights/safetensors.ts';

async function workspace() {
  const { services } = await newServices();
  const folder = testFolder();
  const before = await services.releases.import({ path: embeddingBundle(join(folder, 'one'), 'before') });
  const after = await services.releases.import({ path: embeddingBundle(join(folder, 'two'), 'after') });
  return { services, weights: services.weights, before: before.digest, after: after.digest, folder };
}

const bytes = (text: string) => new TextEncoder().encode(text);
const first = { offset: 0, limit: 5 };

describe('the tables of a release', () => {
  it('are its matrices and embedding tables, with or without keys, and not the keys themselves', async () => {
    const { weights, after } = await workspace();
    const tables = await weights.tables({ release: after });
    expect(tables.find(({ name }) => name === ITEMS)).toEqual({
      name: ITEMS,
      dtype: 'F32',
      rows: 200,
      columns: 12,
      keyed: true,
    });
    expect(tables.filter(({ keyed }) => !keyed).map(({ name }) => name)).toContain('h0_w');
    expect(tables.every(({ name }) => !name.endsWith('.keys'))).toBe(true);
  });

  it('are searched by key, the very key first, and by row number where rows have no keys', async () => {
    const { weights, before } = await workspace();
    const page = await weights.tableRows({
      release: before,
      table: ITEMS,
      q: '9000000000000000021',
      ...first,
    });
    expect(page).toEqual({ total: 1, offset: 0, rows: [{ row: 3, key: '9000000000000000021' }] });
    expect(await weights.tableRows({ release: before, table: 'h0_w', q: '1', ...first })).toEqual({
      total: 1,
      offset: 0,
      rows: [{ row: 1, key: null }],
    });
    await expect(weights.tableRows({ release: before, table: 'gone', q: '', ...first })).rejects.toThrow(
      'made 1 has no table "gone"',
    );
  });
});

describe('the neighbourhood of a row', () => {
  it.each(expected.cases)(
    'of key $key is what numpy finds, in both versions',
    async ({ key, before, after, overlap }) => {
      const world = await workspace();
      const { rows } = await world.weights.tableRows({
        release: world.after,
        table: ITEMS,
        q: key,
        ...first,
      });
      const row = rows[0]?.row ?? -1;
      const found = await world.weights.neighbours({
        release: world.after,
        table: ITEMS,
        row,
        against: world.before,
      });
      expect(found.key).toBe(key);
      for (const [own, numpy] of [
        [found.nearest, after],
        [found.former?.nearest ?? [], before],
      ] as const) {
        expect(own.map((near) => near.row)).toEqual(numpy.map((near) => near.row));
        for (const [at, { cosine }] of own.entries())
          expect(cosine).toBeCloseTo(numpy[at]?.cosine ?? NaN, 12);
      }
      expect(found.former).toMatchObject({ missing: null, overlap });
      expect(found.nearest.filter(({ inBoth }) => inBoth)).toHaveLength(10 * overlap);
    },
  );

  it('says so where the other release has no such key or no such table', async () => {
    const { services, weights, before, after, folder } = await workspace();
    const { rows } = await weights.tableRows({ release: before, table: ITEMS, q: expected.gone, ...first });
    const row = rows[0]?.row ?? -1;
    const gone = await weights.neighbours({ release: before, table: ITEMS, row, against: after });
    expect(gone.former).toMatchObject({
      missing: `No row has the key ${expected.gone} there.`,
      overlap: null,
    });
    const bare = await services.releases.import({
      path: makeBundle(join(folder, 'bare'), {
        name: 'bare',
        features: ['a'],
        hidden: [4],
        seed: 1,
        heads: [{ name: 'like', weight: 1 }],
      }),
    });
    const alone = await weights.neighbours({ release: before, table: ITEMS, row, against: bare.digest });
    expect(alone.former?.missing).toBe('That release has no table of this name.');
    expect(
      (await weights.neighbours({ release: before, table: ITEMS, row, against: null })).former,
    ).toBeNull();
  });
});

describe('keys of a table', () => {
  it.each([
    [
      'too few',
      { ...keyedTable('t', { a: [1, 2], b: [3, 4] }), 't.keys': { shape: [1], data: bytes('a') } },
      'holds 1 keys for a table of 2 rows',
    ],
    [
      'one twice',
      { ...keyedTable('t', { a: [1, 2], b: [3, 4] }), 't.keys': { shape: [3], data: bytes('a\na') } },
      'gives the key "a" to two rows',
    ],
    [
      'of another type',
      { ...keyedTable('t', { a: [1, 2], b: [3, 4] }), 't.keys': { shape: [2], data: new Float32Array(2) } },
      'holds F32; keys are whole numbers',
    ],
  ])('%s are refused', async (_, tables, reason) => {
    const { services } = await newServices();
    const made = {
      name: 'made',
      features: ['a'],
      hidden: [4],
      seed: 1,
      heads: [{ name: 'like', weight: 1 }],
      tables,
    };
    const { digest: release } = await services.releases.import({
      path: makeBundle(join(testFolder(), 'bad'), made),
    });
    const table = 'weights/tables.safetensors: t';
    await expect(services.weights.tableRows({ release, table, q: '', ...first })).rejects.toThrow(reason);
  });
});
