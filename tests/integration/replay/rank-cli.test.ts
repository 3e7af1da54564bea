import { spawnSync } from 'node:child_process';
import { cpSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { testFolder } from '../../fixtures/replay/folder.ts';

const root = join(import.meta.dirname, '../../..');
const sample = join(root, 'resources/sample');
const snapshot = join(sample, 'us-2022-04.snapshot.sqlite');
const release = (version: string): string => join(sample, 'releases', version);

function stateside(...args: string[]): { code: number | null; out: string; err: string } {
  const main = join(root, 'electron/cli/main.ts');
  const { status, stdout, stderr } = spawnSync(process.execPath, [main, ...args], { encoding: 'utf8' });
  return { code: status, out: stdout, err: stderr };
}

const Part = z.object({ total: z.number(), parts: z.record(z.string(), z.number()) });

describe('stateside rank', () => {
  const args = ['rank', snapshot, release('us-2026.11.0'), '--request', '20220416-10246'];

  test('prints the feed as a table', () => {
    const { code, out } = stateside(...args);
    expect(code).toBe(0);
    expect(out).toMatch(/10 of 30 candidates shown/);
    expect(out).toMatch(/place +item +score/);
  });

  test('prints one JSON document whose arithmetic sums', () => {
    const { out } = stateside('--json', ...args);
    const Feed = z.object({
      feed: z.object({
        items: z.array(
          z.object({ baseScore: z.number(), heads: z.array(z.object({ contribution: z.number() })) }),
        ),
      }),
    });
    const { items } = Feed.parse(JSON.parse(out)).feed;
    expect(items).toHaveLength(30);
    for (const { baseScore, heads } of items)
      expect(heads.reduce((sum, { contribution }) => sum + contribution, 0)).toBe(baseScore);
  });

  test('takes the change from another release apart, so that the parts sum to it', () => {
    const Attributed = z.object({
      attribution: z.object({
        measures: z.array(Part.extend({ id: z.string() })),
        moves: z.array(Part.extend({ itemId: z.string(), baseline: z.number(), candidate: z.number() })),
      }),
    });
    const { out } = stateside('--json', ...args, '--against', release('us-2026.10.0'));
    const { measures, moves } = Attributed.parse(JSON.parse(out)).attribution;
    expect(moves).toHaveLength(30);
    for (const { total, parts } of [...measures, ...moves])
      expect(Object.values(parts).reduce((sum, part) => sum + part, 0)).toBeCloseTo(total, 12);
    for (const { total, baseline, candidate } of moves) expect(candidate - baseline).toBe(total);
    expect(moves.some(({ total }) => total !== 0)).toBe(true);
    const told = stateside(...args, '--against', release('us-2026.10.0')).out;
    expect(told).toMatch(/measure +change +model +weights +multipliers +filters +diversity/);
    expect(stateside(...args, '--against', release('us-2026.11.0')).out).toMatch(/\n\nNothing changes from/);
  });

  test('says what would swap two items, and a feed ranked with that weight has them swapped', () => {
    const Feed = z.object({
      feed: z.object({ items: z.array(z.object({ itemId: z.string() })) }),
      pair: z
        .object({ swap: z.object({ head: z.string(), weight: z.number(), needed: z.number() }) })
        .optional(),
    });
    const plain = Feed.parse(JSON.parse(stateside('--json', ...args).out));
    const [first = '', second = ''] = plain.feed.items.map(({ itemId }) => itemId);
    const named = ['--pair', second, first] as const;
    expect(stateside(...args, ...named).out).toMatch(
      /\n#2 \S+ loses to #1 \S+ by \d\.\d{4}; it would win if \w+ were \S+ instead of \S+\.\n$/,
    );
    const { swap } = Feed.parse(JSON.parse(stateside('--json', ...args, ...named).out)).pair ?? {};
    const folder = join(testFolder(), 'changed');
    cpSync(release('us-2026.11.0'), folder, { recursive: true });
    const policy = readFileSync(join(folder, 'policy.yaml'), 'utf8');
    const line = new RegExp(`(name: ${swap?.head}\\b[^}]*?weight: )${swap?.weight}\\b`);
    expect(policy).toMatch(line);
    writeFileSync(join(folder, 'policy.yaml'), policy.replace(line, `$1${swap?.needed}`));
    const after = Feed.parse(JSON.parse(stateside('--json', 'rank', snapshot, folder, ...args.slice(3)).out));
    const order = after.feed.items.map(({ itemId }) => itemId);
    expect(order.indexOf(second)).toBeLessThan(order.indexOf(first));
  });

  test.each([
    [['--pair', 'a', 'b'], /has no candidate a; choose two/],
    [['--pair', 'a'], /two different items; give two ids/],
    [['--pair', 'a', 'a'], /two different items/],
    [['--against', 'nowhere'], /nowhere/],
    [['--top-k', '0'], /from 1 to 1000/],
  ])('%j is bad input', (flags, sentence) => {
    const { code, out, err } = stateside(...args, ...flags);
    expect([code, out]).toEqual([2, '']);
    expect(err).toMatch(sentence);
    expect(err.trimEnd()).not.toContain('\n');
  });

  test('of an unknown request is bad input', () => {
    const { code, out, err } = stateside('rank', snapshot, release('us-2026.11.0'), '--request', 'nobody');
    expect([code, out]).toEqual([2, '']);
    expect(err).toMatch(/^stateside: .*nobody.*\n$/);
  });
});
