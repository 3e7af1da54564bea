import { describe, expect, it } from 'vitest';
import { anomaliesOf } from '../../../shared/domain/weights/anomalies.ts';
import { HeatGrid } from '../../../shared/domain/weights/heat.ts';
import {
  listTensors,
  summaryOf,
  type ListedTensor,
  type ListQuery,
} from '../../../shared/domain/weights/tensor-list.ts';
import type { TensorStatistics } from '../../../shared/domain/weights/statistics.ts';

const SPREAD = { min: -1, max: 1, mean: 0, std: 1, l2: 8, quantiles: [], histogram: null };
const statistics = (part: Partial<TensorStatistics> = {}): TensorStatistics => ({
  name: 'a',
  dtype: 'F32',
  shape: [64],
  elements: 64,
  bytes: 256,
  values: 64,
  zeros: 0,
  nans: 0,
  infinities: 0,
  spread: SPREAD,
  rows: null,
  ...part,
});
const listed = (name: string, part: Partial<TensorStatistics> | null, more: Partial<ListedTensor> = {}) => {
  const found = statistics({ name, ...part });
  const { dtype, shape, elements, bytes } = found;
  const summary = part === null ? null : summaryOf(found);
  return { name, dtype, shape, elements, bytes, file: 'model.onnx', summary, ...more };
};
const query: ListQuery = { sort: 'anomaly', desc: false, q: '', dtype: null, file: null, anomaly: null };
const rows = { rows: 4, columns: 2, firstDeadRows: [], firstDeadColumns: [], fences: null };
const sick = {
  ...rows,
  deadRows: 2,
  deadColumns: 0,
  outliers: 1,
  lowOutliers: [],
  highOutliers: [],
  norms: [],
};

describe('the list of tensors', () => {
  const tensors = [
    listed('layer.10', {}),
    listed('layer.9', { rows: sick }, { dtype: 'F16', file: 'weights/a.safetensors' }),
    listed('zero', { zeros: 64, spread: { ...SPREAD, min: 0, max: 0 } }),
    listed('broken', { nans: 3 }),
    listed('unmeasured', null),
  ];
  const names = (part: Partial<ListQuery>) =>
    listTensors(tensors, { ...query, ...part }).map(({ name }) => name);

  it('puts the gravest first: NaN, then all zero, then dead rows', () => {
    expect(names({})).toEqual(['broken', 'zero', 'layer.9', 'layer.10', 'unmeasured']);
  });

  it('sorts names as people count, and figures with those that have none last', () => {
    expect(names({ sort: 'name' }).slice(1, 3)).toEqual(['layer.9', 'layer.10']);
    expect(names({ sort: 'zeros', desc: true })[0]).toBe('zero');
    expect(names({ sort: 'max', desc: true }).at(-1)).toBe('unmeasured');
    expect(names({ sort: 'max' }).at(-1)).toBe('unmeasured');
    expect(names({ sort: 'max' })[0]).toBe('zero');
  });

  it('narrows by name in any case, type, file and anomaly', () => {
    expect(names({ q: 'LAYER.' })).toEqual(['layer.9', 'layer.10']);
    expect(names({ dtype: 'F16' })).toEqual(['layer.9']);
    expect(names({ file: 'weights/a.safetensors' })).toEqual(['layer.9']);
    expect(names({ anomaly: 'any' })).toEqual(['broken', 'zero', 'layer.9']);
    expect(names({ anomaly: 'outlying rows' })).toEqual(['layer.9']);
    expect(names({ anomaly: 'infinite' })).toEqual([]);
  });

  it('says of a summary what JSON can hold, and keeps every filled bin in sight', () => {
    const counts = Array.from({ length: 64 }, (_, at) => (at === 0 ? 1 : at === 63 ? 1_000_000 : 0));
    const spread = { ...SPREAD, l2: Infinity, histogram: { from: -1, to: 1, counts } };
    const { l2, bars } = summaryOf(statistics({ spread }));
    expect(l2).toBeNull();
    expect([bars[0], bars[1], bars[31]]).toEqual([1, 0, 100]);
  });
});

it('anomalies are counted in words', () => {
  expect(anomaliesOf(statistics({ nans: 1, infinities: 2, rows: sick })).map(({ text }) => text)).toEqual([
    '1 NaN',
    '2 infinite',
    '2 dead rows',
    '1 outlying row',
  ]);
  const constant = { ...SPREAD, min: 3, max: 3 };
  expect(anomaliesOf(statistics({ spread: constant }))).toEqual([{ kind: 'constant', text: 'constant 3' }]);
});

describe('a heat map', () => {
  const of = (values: number[], columns: number, most: number, rule: 'farthest' | 'mean') => {
    const grid = new HeatGrid(values.length / columns, columns, { rows: most, columns: most }, rule);
    // in two parts, cut within a row
    grid.add(Float64Array.from(values.slice(0, 3)), 0);
    grid.add(Float64Array.from(values.slice(3)), 3);
    return grid.map();
  };

  it('shows each value where there is room', () => {
    expect(of([1, 2, 3, 4, 5, 6], 3, 8, 'farthest')).toEqual({
      rows: 2,
      columns: 3,
      rowsEach: 1,
      columnsEach: 1,
      cellRows: 2,
      cellColumns: 3,
      cells: [1, 2, 3, 4, 5, 6],
      notFinite: [],
    });
  });

  it('shows of several values the one farthest from zero, or their mean, and marks what is not finite', () => {
    const values = [1, -5, 2, NaN, 0, 3, Infinity, NaN];
    expect(of(values, 4, 2, 'farthest')).toMatchObject({ cells: [-5, 2, 3, null], notFinite: [1, 3] });
    expect(of(values, 4, 2, 'mean')).toMatchObject({ cells: [-2, 2, 1.5, null] });
    expect(of([1, -5, 2, 7, 0, 3, 0, 0], 8, 2, 'farthest')).toMatchObject({ columnsEach: 4, cells: [7, 3] });
  });
});
