import { expect, test } from 'vitest';
import { reportText } from '../../../electron/cli/report-text.ts';
import { measure, report } from '../../fixtures/gates/evidence.ts';

const side = (ips: string | null) => ({
  ...{ actions: 90, effectiveSampleSize: 12, largestWeight: 9, clippedShare: 0, meanWeight: 1 },
  unsupported: { ips, snips: ips, dm: null, dr: ips },
});

test('an estimate that the log does not support is never a number, and the reason is told once', () => {
  const text = reportText(
    {
      ...report(
        measure('ips:like', null, null),
        measure('dm:like', 0.1, 0.2),
        measure('recall@5', null, null),
      ),
      offPolicy: [
        { signal: 'like', baseline: side(null), candidate: side('its effective sample size is 12') },
      ],
    },
    'report.json',
  );
  const row = (id: string) => text.split('\n').find((line) => line.startsWith(`${id} `));
  expect(row('ips:like')).toMatch(/^ips:like +not supported by this log *$/);
  expect(row('recall@5')).toMatch(/^recall@5 +no evidence *$/);
  expect(row('dm:like')).toMatch(/0\.100 +0\.200 +0\.100/);
  expect(text).toContain(
    'Not supported by this log (of the candidate, its effective sample size is 12): ips:like, snips:like, dr:like.',
  );
});
