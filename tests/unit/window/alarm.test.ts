import { expect, test } from 'vitest';
import { byAlarm } from '../../../renderer/features/replay/alarm.ts';
import { measureDifference, measureValue } from '../../../renderer/features/replay/measure-text.ts';
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
  expect(measureDifference(harm)).toBe('+0.22 pp');
  expect(measureDifference(measure('movement', 'neither', null, 0.67))).toBe('67.00 %');
  expect(measureValue(harm, null)).toBe('–');
});
