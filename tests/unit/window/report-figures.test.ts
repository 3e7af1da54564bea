import { expect, test } from 'vitest';
import { stepsOf } from '../../../renderer/features/replay/attribution/waterfall.ts';
import { NO_EVIDENCE, settingsOf } from '../../../renderer/features/replay/set-up/evidence.ts';
import { isOfKind, kindTables } from '../../../renderer/features/replay/exposure/kinds.ts';
import { isEstimate, offPolicyTable } from '../../../renderer/features/replay/off-policy/table.ts';
import { attributionChoices } from '../../../renderer/features/replay/attribution/waterfall.ts';
import { partsOfMove } from '../../../renderer/features/replay/feed/attributed-moves.ts';
import { weightDoubt } from '../../../renderer/features/replay/off-policy/weight-doubt.ts';
import { columnPieces, columnsAt, heatRows } from '../../../renderer/features/replay/slices/heat.ts';
import type { Measure, SliceTable } from '../../../shared/domain/replay/report.ts';

const harm = (id: string, baseline: number, candidate: number): Measure => ({
  ...{ id, title: id, unit: 'share', better: 'lower', baseline, candidate },
  ...{ difference: candidate - baseline, requests: 500 },
});

test('the slice that is surely worst off stands first, small ones last, and columns are those of one depth', () => {
  const whole = [
    harm('prevalence@5', 0.1, 0.1),
    harm('prevalence@10', 0.1, 0.1),
    harm('worst_decile', 0.1, 0.1),
  ];
  const slice = (value: string, candidate: number, small = false) => ({
    values: [value],
    requests: small ? 40 : 500,
    small,
    measures: [harm('prevalence@5', 0.1, candidate), harm('worst_decile', 0.1, 0.1)],
  });
  const table: SliceTable = {
    by: ['user.region'],
    slices: [slice('CA', 0.11), slice('tiny', 0.9, true), slice('TX', 0.2), slice('NY', 0.05)],
    omitted: 0,
  };
  const columns = columnsAt(whole, table, 5);
  expect(columns.map(({ id }) => id)).toEqual(['prevalence@5', 'worst_decile']);
  const rows = heatRows(table, columns);
  expect(rows.map(({ slice }) => slice.values[0])).toEqual(['TX', 'CA', 'NY', 'tiny']);
  expect(rows[0]?.cells[0]).toMatchObject({ tendency: 'worse', strength: 1 });
  expect(rows[2]?.cells[0]?.tendency).toBe('better');
});

test('each step of the waterfall starts where the one before ended, and the last ends at the total', () => {
  const steps = stepsOf({
    parts: { model: 0.3, weights: -0.1, multipliers: 0, filters: 0.05, diversity: -0.2 },
  });
  expect(steps.map(({ part }) => part)).toEqual(['model', 'weights', 'multipliers', 'filters', 'diversity']);
  for (const [at, step] of steps.entries()) expect(step.from).toBe(steps[at - 1]?.to ?? 0);
  expect(steps.at(-1)?.to).toBeCloseTo(0.05, 12);
});

test('an estimate that the log does not support exports its reason and no number', () => {
  const because = 'its effective sample size is 4.0, less than 100';
  const support = {
    ...{ actions: 10, effectiveSampleSize: 4, largestWeight: 9, clippedShare: 0, meanWeight: 1 },
    unsupported: { ips: because, snips: because, dm: because, dr: because },
  };
  const unsupported = { ...harm('ips:like', 0, 0), baseline: null, candidate: null, difference: null };
  expect([isEstimate(unsupported), isEstimate(harm('mrr', 0, 0))]).toEqual([true, false]);
  const { rows } = offPolicyTable([{ signal: 'like', baseline: support, candidate: support }], [unsupported]);
  expect(rows).toHaveLength(8);
  for (const row of rows) expect(row.slice(3, 12)).toEqual([...Array<null>(8).fill(null), because]);
});

test('what is not chosen stays out of the settings, so that plain replays stay comparable', () => {
  expect(settingsOf(NO_EVIDENCE)).toEqual({});
  expect(
    settingsOf({ slices: ['user.region'], crossed: ['a', 'b'], stratify: 'user.region', attribution: true }),
  ).toEqual({ slices: [['user.region'], ['a', 'b']], stratify: 'user.region', attribution: true });
  expect(settingsOf({ ...NO_EVIDENCE, crossed: ['a', 'a'] })).toEqual({});
});

test('exposure by kind stands by attribute, the largest change first and ages from young to old', () => {
  const mix = (id: string, baseline: number, candidate: number): Measure => ({
    ...harm(id, baseline, candidate),
    better: 'neither',
  });
  const kind = (name: string, supply: number, baseline: number, candidate: number) => [
    mix(`exposure@5:${name}`, baseline, candidate),
    mix(`exposure_ratio@5:${name}`, baseline / supply, candidate / supply),
  ];
  const measures = [
    ...kind('item.category=news', 0.5, 0.5, 0.45),
    ...kind('item.category=a=b', 0.25, 0.3, 0.4),
    ...kind('item.age=over a year', 0.5, 0.1, 0.9),
    ...kind('item.age=under a day', 0.5, 0.9, 0.1),
    { ...mix('exposure_parity@5:item.category', 1, 0.5), better: 'higher' as const },
  ];
  const [categories, ages] = kindTables(measures);
  expect(categories?.rows.map(({ kind, supply }) => [kind, supply])).toEqual([
    ['a=b', 0.25],
    ['news', 0.5],
  ]);
  expect(categories?.rest.baseline).toBeCloseTo(0.2, 12);
  expect(categories?.parity?.candidate).toBe(0.5);
  expect(ages?.rows.map(({ kind }) => kind)).toEqual(['under a day', 'over a year']);
  expect(measures.filter(({ id }) => isOfKind(id))).toHaveLength(8);
});

test('a heat table is parted for paper, every piece with the same rows', () => {
  const columns = ['a', 'b', 'c'].map((id) => harm(id, 0, 0));
  const slice = { values: ['x'], requests: 200, small: false, measures: [] };
  const rows = [
    { slice, cells: columns.map((measure) => ({ measure, tendency: 'same', strength: 0 }) as const) },
  ];
  expect(columnPieces(columns, rows, Infinity)).toEqual([{ columns, rows }]);
  const pieces = columnPieces(columns, rows, 2);
  expect(pieces.map((piece) => piece.columns.map(({ id }) => id))).toEqual([['a', 'b'], ['c']]);
  expect(pieces.map((piece) => piece.rows[0]?.cells.map((cell) => cell?.measure.id))).toEqual([
    ['a', 'b'],
    ['c'],
  ]);
});

test('a change is taken apart in measures with a better side first', () => {
  const parts = { model: 1, weights: 0, multipliers: 0, filters: 0, diversity: 0 };
  const changes = ['rbo', 'harm', 'mix'].map((id) => ({ id, total: 1, parts }));
  const measures = [{ ...harm('rbo', 0, 0), better: 'neither' as const }, harm('harm', 0.1, 0.05)];
  expect(attributionChoices(changes, measures).map(({ measure }) => measure.id)).toEqual(['harm', 'rbo']);
});

test('an item’s move is told by the parts that bring it, in places down and up', () => {
  const parts = { model: 7.24, weights: -1, multipliers: 0.01, filters: 0, diversity: 0 };
  expect(partsOfMove({ parts })).toBe('down 7.2 by model, up 1.0 by weights');
  expect(partsOfMove({ parts: { ...parts, model: 0, weights: 0 } })).toBe('nothing moves it');
});

test('an estimate that rests on few equal answers says so, the direct method never', () => {
  const support = { actions: 60_000, effectiveSampleSize: 241.8 };
  expect(weightDoubt('ips', support)?.word).toBe('242 effective');
  expect(weightDoubt('dm', support)).toBeNull();
  expect(weightDoubt('dr', { ...support, effectiveSampleSize: 1000 })).toBeNull();
});
