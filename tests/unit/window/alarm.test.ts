import { expect, test } from 'vitest';
import { byAlarm, tendencyOf } from '../../../renderer/features/replay/alarm.ts';
import { doubtsOf } from '../../../renderer/features/replay/doubts.ts';
import { commonDraws, ownDraws } from '../../../renderer/features/replay/draws-text.ts';
import { axisOf, changeOf } from '../../../renderer/features/replay/forest.ts';
import {
  intervalText,
  measureDifference,
  measureValue,
  pText,
} from '../../../renderer/features/replay/measure-text.ts';
import type { Measure } from '../../../shared/domain/replay/report.ts';

const measure = (
  id: string,
  better: Measure['better'],
  baseline: number | null,
  candidate: number | null,
): Measure => ({
  id,
  title: id,
  unit: 'share',
  better,
  baseline,
  candidate,
  difference: baseline === null || candidate === null ? candidate : candidate - baseline,
  requests: 10,
});

test('what became worse stands first, by its relative change; what became better stands last', () => {
  const measures = [
    measure('better quality', 'higher', 0.4, 0.5),
    measure('movement', 'neither', null, 0.7),
    measure('a little worse', 'higher', 0.5, 0.49),
    measure('twice the harm', 'lower', 0.01, 0.02),
    measure('new harm', 'lower', 0, 0.001),
    measure('no evidence', 'lower', null, null),
    measure('less harm', 'lower', 0.02, 0.001),
  ];
  expect(byAlarm(measures).map(({ id }) => id)).toEqual([
    'new harm',
    'twice the harm',
    'a little worse',
    'movement',
    'no evidence',
    'better quality',
    'less harm',
  ]);
});

test('shares are read in percent and their differences in percentage points', () => {
  const harm = measure('harm', 'lower', 0.004, 0.0062);
  expect(measureValue(harm, harm.baseline)).toBe('0.40 %');
  expect(measureDifference(harm)).toBe('+0.220 pp');
  expect(measureDifference(measure('movement', 'neither', null, 0.67))).toBe('67.00 %');
  expect(measureValue(harm, null)).toBe('–');
});

const within = (of: Measure, lower: number, upper: number): Measure => ({
  ...of,
  intervals: { baseline: null, candidate: null, difference: { lower, upper } },
});

test('what is surely worse stands before what only may be, however large', () => {
  const sure = within(measure('sure', 'higher', 0.5, 0.49), -0.015, -0.005);
  const unsure = within(measure('unsure', 'lower', 0.01, 0.02), -0.001, 0.021);
  const better = within(measure('better', 'lower', 0.02, 0.01), -0.015, -0.005);
  expect(byAlarm([better, unsure, sure]).map(({ id }) => id)).toEqual(['sure', 'unsure', 'better']);
  expect([sure, unsure, better].map(tendencyOf)).toEqual(['worse', 'perhaps worse', 'better']);
  expect(tendencyOf(measure('none', 'lower', null, null))).toBe('no evidence');
  expect(tendencyOf(measure('mix', 'neither', 0.5, 0.6))).toBe('movement');
});

test('on the common axis right favours the candidate, whatever its unit and its better side', () => {
  const quality = within(measure('quality', 'higher', 0.5, 0.55), 0.02, 0.08);
  const change = (of: Measure) => changeOf(of, 'favour');
  expect(change(quality)).toEqual({
    point: expect.closeTo(0.1, 12),
    lower: expect.closeTo(0.04, 12),
    upper: expect.closeTo(0.16, 12),
  });
  const harm = within(measure('harm', 'lower', 0.02, 0.03), -0.01, 0.03);
  expect(change(harm)).toEqual({
    point: expect.closeTo(-0.5, 12),
    lower: expect.closeTo(-1.5, 12),
    upper: expect.closeTo(0.5, 12),
  });
  expect(change(measure('new harm', 'lower', 0, 0.1))?.point).toBe(-Infinity);
  expect(change(measure('mix', 'neither', 0.5, 0.6))).toBeNull();
  expect(changeOf(measure('mix', 'neither', 0.5, 0.6), 'amount')?.point).toBeCloseTo(0.2, 12);
  expect(change(measure('none', 'lower', null, null))).toBeNull();
});

test('one freak does not flatten the axis, and nothing makes it vanish', () => {
  const at = (point: number) => ({ point, lower: null, upper: null });
  expect(axisOf([...Array.from({ length: 19 }, () => at(0.03)), at(8), at(-Infinity)])).toBe(0.05);
  expect(axisOf([at(5)])).toBe(1);
  expect(axisOf([])).toBe(0.02);
});

test('a figure of few requests, of ties alone, or without an interval says so', () => {
  const words = (of: Measure) => doubtsOf(of).map(({ word }) => word);
  expect(words(measure('few', 'lower', 0.1, 0.2))).toEqual(['few requests']);
  expect(words({ ...measure('sure', 'lower', 0.1, 0.2), requests: 100 })).toEqual([]);
  expect(words({ ...measure('ties', 'lower', 0.1, 0.1), requests: 500, p: null })).toEqual(['all ties']);
  const open = { baseline: null, candidate: null, difference: null };
  expect(words({ ...measure('open', 'lower', 0.1, 0.2), requests: 500, intervals: open })).toEqual([
    'no interval',
  ]);
  expect(words(measure('none', 'lower', null, null))).toEqual([]);
});

test('a parity without a figure says why', () => {
  const parity = (compared: number, small: number) =>
    doubtsOf({
      ...measure('parity:ndcg@5:user.region', 'higher', null, null),
      groups: { compared, small },
    })[0];
  expect(parity(3, 0)).toMatchObject({
    word: 'all zero',
    reason: expect.stringContaining('None of the 3 groups'),
  });
  expect(parity(1, 2)).toMatchObject({
    word: 'too few groups',
    reason: expect.stringMatching(/^Only one group has 100 .*; 2 groups with fewer are left out;/),
  });
  expect(parity(0, 0)?.reason).toMatch(/^No group has 100/);
});

test('intervals and p values are written as people read them', () => {
  const harm = measure('harm', 'lower', 0.004, 0.0062);
  expect(intervalText(harm, { lower: -0.001, upper: 0.0041 })).toBe('−0.100 to +0.410');
  expect(intervalText(measure('rbo', 'neither', null, 0.67), { lower: 0.6, upper: 0.7 })).toBe(
    '60.00 to 70.00',
  );
  expect(intervalText(harm, null)).toBe('–');
  expect([pText({ p: 0.0004 }), pText({ p: 0.0421 }), pText({ p: null })]).toEqual(['< 0.001', '0.042', '–']);
});

test('a p value that is the least its draws can show says that it may be smaller', () => {
  expect(pText({ p: 1 / 1001, draws: 1000 })).toBe('≤ 0.001');
  expect(pText({ p: 1 / 201, draws: 200, test: 'group randomisation' })).toBe('≤ 0.005');
  expect(pText({ p: 2 / 1001, draws: 1000 })).toBe('0.002');
  expect(pText({ p: 1e-9, draws: 1000, test: 'bootstrap normal' })).toBe('< 0.001');
});

test('draws are said once for a table, and row by row where they differ', () => {
  const drawn = (draws: number) => ({
    draws,
    intervals: { baseline: null, candidate: null, difference: null, draws },
  });
  expect(commonDraws([drawn(1000), {}, drawn(1000)])).toEqual({ intervals: 1000, tests: 1000 });
  expect(commonDraws([drawn(1000), drawn(200)])).toEqual({ intervals: null, tests: null });
  expect(ownDraws(200, null)).toBe('200 draws');
  expect(ownDraws(1000, 1000)).toBeNull();
  expect(ownDraws(undefined, null)).toBeNull();
});

test('what has too few requests for an interval is unsure, and says so', () => {
  const worse = measure('auc:forward', 'higher', 0.7, 0.4);
  const unknown = { baseline: null, candidate: null, difference: null };
  const unsure = {
    ...worse,
    requests: 742,
    intervals: { ...unknown, method: 'delete-a-group jackknife' },
  } as const;
  expect([tendencyOf(worse), tendencyOf(unsure)]).toEqual(['worse', 'perhaps worse']);
  expect(doubtsOf(unsure).map(({ word }) => word)).toEqual(['no interval']);
});
