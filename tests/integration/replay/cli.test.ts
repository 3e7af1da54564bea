import { spawnSync } from 'node:child_process';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { RequestOutcome, ReplayReport } from '../../../shared/domain/replay/report.ts';
import { canonicalJson } from '../../../shared/domain/statements/canonical-json.ts';
import { createHash } from 'node:crypto';
import { z } from 'zod';
import { testFolder } from '../../fixtures/replay/folder.ts';

const root = join(import.meta.dirname, '../../..');
const sample = join(root, 'resources/sample');
const snapshot = join(sample, 'us-2022-04.snapshot.sqlite');
const release = (version: string): string => join(sample, 'releases', version);
const rules = join(root, 'resources/gates.yaml');

function stateside(...args: string[]): { code: number | null; out: string; err: string } {
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    [join(root, 'electron/cli/main.ts'), ...args],
    { encoding: 'utf8' },
  );
  return { code: status, out: stdout, err: stderr };
}

function replayed(candidate: string, ...more: string[]): { folder: string; report: string; out: string } {
  const folder = testFolder();
  const report = join(folder, 'report.json');
  const sides = ['--baseline', release('us-2026.10.0'), '--candidate', release(candidate)];
  const { code, out, err } = stateside('replay', snapshot, ...sides, '--out', report, ...more);
  expect(err).toBe('');
  expect(code).toBe(0);
  return { folder, report, out };
}

describe('stateside replay', () => {
  test('writes a canonical report with every outcome, and nothing beside it', () => {
    const { folder, report } = replayed('us-2026.11.0', '--workers', '2');
    expect(readdirSync(folder)).toEqual(['report.json']);
    const json: unknown = JSON.parse(readFileSync(report, 'utf8'));
    const { outcomesDigest, requests } = ReplayReport.parse(json);
    const { outcomes } = z.object({ outcomes: z.array(RequestOutcome) }).parse(json);
    expect(outcomes).toHaveLength(requests);
    const lines = outcomes.map((outcome) => `${canonicalJson(outcome)}\n`).join('');
    expect(createHash('sha256').update(lines).digest('hex')).toBe(outcomesDigest);
  });

  test('gives the same bytes on one worker as on two', () => {
    const [one, two] = ['1', '2'].map((workers) =>
      readFileSync(replayed('us-2026.11.0', '--workers', workers, '--limit', '100').report),
    );
    expect(two?.equals(one ?? Buffer.alloc(0))).toBe(true);
  });

  test('that fails leaves nothing behind', () => {
    const folder = testFolder();
    const broken = join(folder, 'broken.snapshot.sqlite');
    writeFileSync(broken, readFileSync(snapshot).subarray(0, 300_000));
    const sides = ['--baseline', release('us-2026.10.0'), '--candidate', release('us-2026.11.0')];
    const { code, err } = stateside('replay', broken, ...sides, '--out', join(folder, 'report.json'));
    expect(code).toBe(2);
    expect(err).toMatch(/^stateside: [^\n]*broken\.snapshot\.sqlite[^\n]*\n$/);
    expect(readdirSync(folder)).toEqual(['broken.snapshot.sqlite']);
  });

  test('into a folder that is not there is refused before any work', () => {
    const sides = ['--baseline', release('us-2026.10.0'), '--candidate', release('us-2026.11.0')];
    const { code, err } = stateside(
      'replay',
      snapshot,
      ...sides,
      '--out',
      join(testFolder(), 'no/report.json'),
    );
    expect(code).toBe(2);
    expect(err).toContain('cannot be written');
  });

  test.each([
    ['--limit', '0'],
    ['--top-k', '1001'],
    ['--seed', 'x'],
    ['--workers', '1.5'],
  ])('refuses %s %s', (flag, value) => {
    const sides = ['--baseline', release('us-2026.10.0'), '--candidate', release('us-2026.11.0')];
    const { code, err } = stateside(
      'replay',
      snapshot,
      ...sides,
      '--out',
      join(testFolder(), 'r.json'),
      flag,
      value,
    );
    expect(code).toBe(2);
    expect(err).toContain('Give a whole number');
  });
});

describe('stateside gates', () => {
  test('passes the good candidate and fails the bad one with exit 1', () => {
    const good = replayed('us-2026.11.0');
    const bad = replayed('us-2026.11.0-rc1');
    const judge = ({ report }: { report: string }, version: string) =>
      stateside('gates', report, '--rules', rules, '--bundle', release(version));
    expect(judge(good, 'us-2026.11.0')).toMatchObject({ code: 0, err: '' });
    const failed = judge(bad, 'us-2026.11.0-rc1');
    expect(failed.code).toBe(1);
    expect(failed.err).toContain('Trained on US data alone');
  });

  test('without the bundle has no evidence of its facts, which is no pass', () => {
    const { code, out } = stateside(
      'gates',
      replayed('us-2026.11.0', '--limit', '50').report,
      '--rules',
      rules,
    );
    expect(code).toBe(1);
    expect(out).toMatch(/\? Trained on US data alone: no evidence/);
  });

  test('refuses a bundle the report is not about', () => {
    const { code, err } = stateside(
      'gates',
      replayed('us-2026.11.0', '--limit', '50').report,
      '--rules',
      rules,
      '--bundle',
      release('us-2026.10.0'),
    );
    expect(code).toBe(2);
    expect(err).toContain('not about the bundle');
  });

  test('refuses a report that is none', () => {
    const { code, err } = stateside('gates', join(root, 'package.json'), '--rules', rules);
    expect(code).toBe(2);
    expect(err).toContain('package.json');
  });
});

describe('stateside demo', () => {
  test('walks the whole cycle and says what it did', () => {
    const out = join(testFolder(), 'demo');
    const demo = stateside('demo', '--out', out);
    expect(demo.code).toBe(0);
    for (const said of [
      /us-2026\.11\.0 against .*: every required gate passes/,
      /rc1 against .*: 3 required gates FAIL/,
      /2 of 2, the release is approved/,
      /never count for a US release/,
      /all good/,
      /A copy .* is refused/,
    ])
      expect(demo.out).toMatch(said);
    expect(readdirSync(out).toSorted()).toEqual([
      'for-you-ranker-us-2026.11.0.release-record.json',
      'workspace',
    ]);
    expect(stateside('demo', '--out', out)).toMatchObject({
      code: 2,
      err: expect.stringContaining('not empty'),
    });
  });
});
