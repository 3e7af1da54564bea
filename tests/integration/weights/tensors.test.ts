import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { makeBundle } from '../../fixtures/replay/bundle.ts';
import { testFolder } from '../../fixtures/replay/folder.ts';
import { newServices, openServices } from '../../fixtures/replay/services.ts';
import { keyedTable } from '../../fixtures/weights/safetensors.ts';

const FILE = 'weights/tables.safetensors';
const ITEMS = `${FILE}: items`;
const keyed = keyedTable('items', {
  ...Object.fromEntries(Array.from({ length: 20 }, (_, row) => [`item-${row}`, [1 + row / 100, 1, 0]])),
  far: [90, 90, 0],
  dead: [0, 0, 0],
});
const tables = {
  ...keyed,
  broken: { shape: [2, 3], data: Float32Array.of(1, NaN, 3, 4, Infinity, 6) },
  cube: { shape: [2, 2, 3], data: Float64Array.from({ length: 12 }, (_, at) => at - 5.5) },
  ids: { shape: [3], data: BigInt64Array.of(1n, -9_007_199_254_740_993n, 3n) },
};

async function workspace() {
  const opened = await newServices();
  const path = makeBundle(join(testFolder(), 'made'), {
    name: 'made',
    features: ['a', 'b'],
    hidden: [4],
    seed: 1,
    heads: [{ name: 'like', weight: 1 }],
    tables,
  });
  const { digest } = await opened.services.releases.import({ path });
  return { ...opened, weights: opened.services.weights, release: digest };
}

const query = { sort: 'anomaly', desc: false, q: '', dtype: null, file: null, anomaly: null } as const;
const first = { offset: 0, limit: 100 };

describe('the tensors of a release', () => {
  it('are listed from headers at once, measured as a job, and kept for the next start', async () => {
    const { weights, release, services, folder } = await workspace();
    const listed = await weights.tensors({ release, ...query, ...first });
    expect(listed.rows.map(({ name }) => name)).toContain(ITEMS);
    expect(listed.rows.every(({ summary }) => summary === null)).toBe(true);
    expect((await weights.tensorTotals({ release })).measured).toBeNull();

    const { jobId } = await weights.measureTensors({ release });
    expect((await weights.tensorTotals({ release })).jobId).toBe(jobId);
    expect(await weights.measureTensors({ release })).toEqual({ jobId });
    expect((await services.jobs.ended(jobId)).state).toBe('done');

    const measured = await weights.tensors({ release, ...query, ...first });
    expect(measured.rows[0]).toMatchObject({
      name: `${FILE}: broken`,
      file: FILE,
      summary: { values: 6, nans: 1, infinities: 1, min: 1, max: 6, anomalies: [{ text: '1 NaN' }, {}] },
    });
    expect(measured.rows[1]?.summary?.anomalies.map(({ text }) => text)).toEqual([
      '1 dead row',
      '1 dead column',
      '1 outlying row',
    ]);
    const totals = await weights.tensorTotals({ release });
    expect(totals.files.map(({ file, tensors }) => [file, tensors])).toEqual([
      ['model.onnx', 4],
      [FILE, 5],
    ]);
    expect(totals).toMatchObject({ jobId: null, measured: { suspicious: 2 } });

    await services.close();
    const again = openServices(folder).services.weights;
    expect(await again.tensorTotals({ release })).toEqual(totals);
    expect(await again.tensors({ release, ...query, ...first })).toEqual(measured);
  });

  it('go out as CSV, all that the filter lets through', async () => {
    const { weights, release, services } = await workspace();
    const { jobId } = await weights.measureTensors({ release });
    await services.jobs.ended(jobId);
    const { fileName, csv } = await weights.tensorsCsv({ release, ...query, anomaly: 'NaN' });
    const lines = csv.trimEnd().split('\r\n');
    expect(fileName).toBe('1.tensors.csv');
    expect(lines[0]).toMatch(/^tensor,file,dtype,shape,.*quantile 0\.999$/);
    expect(lines[1]).toMatch(
      /^weights\/tables\.safetensors: broken,weights\/tables\.safetensors,F32,2 × 3,6,24,"1 NaN, 1 infinite",1,6,3\.5,/,
    );
    expect(lines).toHaveLength(2);
  });

  it('leave nothing behind where their measuring is cancelled', async () => {
    const { weights, release, services } = await workspace();
    const { jobId } = await weights.measureTensors({ release });
    await services.jobs.cancel({ id: jobId });
    expect((await services.jobs.ended(jobId)).state).toBe('cancelled');
    expect(await weights.tensorTotals({ release })).toMatchObject({ jobId: null, measured: null });
  });
});

describe('one tensor', () => {
  it('is measured when it is asked for, and the same afterwards; its rows have their keys', async () => {
    const { weights, release, services } = await workspace();
    const before = await weights.tensor({ release, tensor: ITEMS });
    expect(before.file).toBe(FILE);
    expect(before.keys).toContainEqual({ row: 20, key: 'far' });
    expect(before.keys).toContainEqual({ row: 21, key: 'dead' });
    expect(before.statistics.rows?.highOutliers.map(({ row }) => row)).toEqual([20]);
    const counted = before.statistics.rows?.norms.reduce((sum, { rows }) => sum + rows, 0);
    expect(counted).toBe(21);
    const { jobId } = await weights.measureTensors({ release });
    await services.jobs.ended(jobId);
    expect(await weights.tensor({ release, tensor: ITEMS })).toEqual(before);
  });

  it('is drawn, read and exported in any slice', async () => {
    const { weights, release } = await workspace();
    const cube = { release, tensor: `${FILE}: cube` };
    const heat = await weights.tensorHeat({ ...cube, slice: '1', rule: 'farthest' });
    expect(heat).toMatchObject({ cellRows: 2, cellColumns: 3, cells: [0.5, 1.5, 2.5, 3.5, 4.5, 5.5] });
    const spread = await weights.tensorHistogram({ ...cube, slice: '1' });
    expect(spread).toMatchObject({ finite: 6, nans: 0, infinities: 0, histogram: { from: 0.5, to: 5.5 } });
    const window = { ...first, column: 1, columns: 2 };
    expect(await weights.tensorValues({ ...cube, slice: ':, 1', ...window })).toEqual({
      total: 2,
      offset: 0,
      rows: [
        { place: [0], cells: ['-1.5', '-0.5'] },
        { place: [1], cells: ['4.5', '5.5'] },
      ],
    });
    const ids = { release, tensor: `${FILE}: ids`, slice: '' };
    const values = await weights.tensorValues({ ...ids, ...first, column: 0, columns: 8 });
    expect(values.rows[1]).toEqual({ place: [1], cells: ['-9007199254740993'] });
    const part = await weights.tensorPart({ ...ids, form: 'csv', from: 0 });
    expect(new TextDecoder().decode(part.bytes)).toBe(
      'axis 0,value\r\n0,1\r\n1,-9007199254740993\r\n2,3\r\n',
    );
    expect(part.next).toBeNull();
  });

  it('that is not there, and a slice that is none, are refused in a sentence', async () => {
    const { weights, release } = await workspace();
    await expect(weights.tensor({ release, tensor: 'gone' })).rejects.toThrow('made 1 has no tensor "gone"');
    const bad = { release, tensor: ITEMS, slice: '0, 0, 0' };
    await expect(weights.tensorHeat({ ...bad, rule: 'mean' })).rejects.toThrow('names 3 axes');
    await expect(
      weights.tensorValues({ ...bad, slice: '99', ...first, column: 0, columns: 1 }),
    ).rejects.toThrow('Index 99 lies outside axis 0');
    await expect(weights.tensorPart({ ...bad, slice: 'x', form: 'npy', from: 0 })).rejects.toThrow(
      '"x" is no part of a slice',
    );
  });
});
