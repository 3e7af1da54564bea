import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { ReplayReport } from '../../../shared/domain/replay/report.ts';

const root = join(import.meta.dirname, '../../..');
const sample = join(root, 'resources/sample');
const snapshot = join(sample, 'us-2022-04.snapshot.sqlite');
const rules = join(root, 'resources/gates.yaml');
const folder = mkdtempSync(join(tmpdir(), 'stateside-check-'));
const report = join(folder, 'report.json');

function replay(...args: string[]): { code: number | null; out: string; err: string } {
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    [join(root, 'electron/cli/main.ts'), 'replay', snapshot, ...args],
    { encoding: 'utf8' },
  );
  return { code: status, out: stdout, err: stderr };
}

const Receipt = z.object({
  receipt: z.array(z.object({ what: z.string(), same: z.boolean().nullable() })),
});

const sides = (candidate = 'us-2026.11.0'): string[] => [
  '--baseline',
  join(sample, 'releases/us-2026.10.0'),
  '--candidate',
  join(sample, 'releases', candidate),
];

/** Checks a copy of the report with one part of its text put otherwise. */
function checkChanged(part: string | RegExp, by: string): { code: number | null; out: string; err: string } {
  const changed = join(folder, 'changed.json');
  const text = readFileSync(report, 'utf8');
  writeFileSync(changed, text.replace(part, by));
  expect(readFileSync(changed, 'utf8')).not.toBe(text);
  return replay(...sides(), '--check', changed);
}

describe('stateside replay --check', () => {
  let out: string;
  afterAll(() => rmSync(folder, { recursive: true }));
  beforeAll(() => {
    out = replay(...sides(), '--limit', '120', '--rules', rules, '--out', report).out;
  });

  test('confirms a report on another number of workers', () => {
    expect(replay(...sides(), '--check', report, '--workers', '1')).toMatchObject({ code: 0, err: '' });
    const { out } = replay(...sides(), '--check', report);
    expect(out).toMatch(/is what the replay comes to, to the last bit: 120 requests/);
  });

  test('tells every part of the receipt and whether it holds', () => {
    const receipt = (...more: string[]) =>
      Receipt.parse(JSON.parse(replay(...sides(), '--check', report, '--json', ...more).out)).receipt;
    const whats = [
      ...['snapshot', 'baseline', 'candidate', 'gate rules', 'seed', 'Stateside'],
      ...['results of the requests', 'results written down', 'figures'],
    ];
    expect(receipt('--rules', rules).map(({ what, same }) => [what, same])).toEqual(
      whats.map((what) => [what, true]),
    );
    expect(receipt().find(({ what }) => what === 'gate rules')).toMatchObject({ same: null });
  });

  test('finds out other gates than the report names, and takes a report that names none', () => {
    const other = join(folder, 'other.yaml');
    writeFileSync(other, readFileSync(rules, 'utf8').replace(/^revision: .*$/m, 'revision: 99'));
    const { code, err } = replay(...sides(), '--check', report, '--rules', other);
    expect(code).toBe(1);
    expect(err).toMatch(
      /does not hold: gate rules: revision \d+, [0-9a-f]{12}…, the replay comes to revision 99/,
    );
    expect(checkChanged(/"gateRules":\{[^}]*\},/, '')).toMatchObject({ code: 0, err: '' });
  });

  test('stands on a report whose figures have intervals', () => {
    const { measures, inference } = ReplayReport.parse(JSON.parse(readFileSync(report, 'utf8')));
    expect(inference).toEqual({
      ...{ interval: 'poisson bootstrap percentile', level: 0.95 },
      ...{ draws: 1000, groups: 32 },
    });
    const ndcg = measures.find(({ id }) => id === 'ndcg@10');
    expect(ndcg?.intervals?.difference?.lower).toBeLessThan(ndcg?.difference ?? NaN);
    expect(out).toMatch(/nDCG@10 +0\.\d{3} \(0\.\d{3} to 0\.\d{3}\)/);
  });

  test('reads a report of the time before draws were told, and says what it lacks', () => {
    const { code, err } = checkChanged(/,"draws":1000(?!,"groups")/g, '');
    expect(code).toBe(1);
    expect(err).toMatch(/draws is nothing, the replay comes to 1000/);
  });

  test('tells of every interval and every p value how many draws it rests on', () => {
    const { measures, slices = [] } = ReplayReport.parse(JSON.parse(readFileSync(report, 'utf8')));
    for (const { intervals, p, draws } of [
      ...measures,
      ...slices.flatMap((table) => table.slices.flatMap((slice) => slice.measures)),
    ]) {
      const undrawn = ['delete-a-group jackknife', 'incidence variance', undefined];
      if (intervals !== undefined)
        expect(intervals.draws).toBe(
          intervals.method !== undefined && undrawn.includes(intervals.method) ? undefined : 1000,
        );
      expect(draws).toBe(p === undefined ? undefined : 1000);
    }
  });

  test.each([
    ['a figure', /"difference":0\.\d/, '"difference":0.9', /measures\[\d+\]\.difference is 0\.9/],
    ['the seed', '"seed":1', '"seed":2', /results of the requests: [0-9a-f]{12}…, the replay comes to/],
    [
      'the version of Stateside',
      '"stateside":"',
      '"stateside":"9',
      /not hold: Stateside: 9\d.*, the replay comes to \d[^;]*;/,
    ],
    [
      'an outcome',
      '"firstChanged":true',
      '"firstChanged":false',
      /results written down: [0-9a-f]{12}…, the replay/,
    ],
    [
      'a member it never had',
      '"format":',
      '"approved":true,"format":',
      /approved is true, the replay comes to nothing/,
    ],
  ])('finds out a report in which %s was changed', (_, part, by, sentence) => {
    const { code, err } = checkChanged(part, by);
    expect(code).toBe(1);
    expect(err).toMatch(sentence);
    expect(err.trimEnd().split('\n')).toHaveLength(1);
  });

  test('refuses another release than the report names', () => {
    const { code, err } = replay(...sides('us-2026.11.0-rc1'), '--check', report);
    expect(code).toBe(2);
    expect(err).toContain('names the candidate');
  });

  test('needs either a report to check or a place to write one', () => {
    expect(replay(...sides())).toMatchObject({ code: 2 });
    expect(replay(...sides(), '--check', report, '--out', report).err).toContain('exactly one of --out');
  });
});
