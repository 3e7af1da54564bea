import { readFileSync, statSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { Journal, requestsIn } from '../../../electron/services/replay/journal.ts';
import { testFolder } from '../../fixtures/replay/folder.ts';

const key = { stateside: '1', snapshot: 's', baseline: 'b', candidate: 'c', settings: { seed: 1 } };

async function blocksOf(journal: Journal): Promise<number[][]> {
  const blocks: number[][] = [];
  for await (const block of journal.blocks()) blocks.push([...block]);
  return blocks;
}

/** A journal of three blocks, of five requests each. */
async function written(): Promise<string> {
  const path = join(testFolder(), 'replays', 'one');
  const journal = await Journal.open(path, key);
  for (const block of [[1], [2, 2], [3, 3, 3]]) await journal.append(Uint8Array.from(block), 5);
  await journal.close();
  return path;
}

describe('a journal', () => {
  test('gives back the blocks it was given, in order, and takes more', async () => {
    const path = await written();
    expect(requestsIn(path)).toBe(15);
    const journal = await Journal.open(path, key);
    expect([journal.anew, await blocksOf(journal)]).toEqual([false, [[1], [2, 2], [3, 3, 3]]]);
    await journal.append(Uint8Array.of(4), 1);
    expect((await blocksOf(journal)).at(-1)).toEqual([4]);
    await journal.close();
    expect(requestsIn(path)).toBe(16);
  });

  test('of something else is begun anew', async () => {
    const path = await written();
    const journal = await Journal.open(path, { ...key, settings: { seed: 2 } });
    expect([journal.anew, await blocksOf(journal)]).toEqual([true, []]);
    await journal.close();
    expect(requestsIn(path)).toBe(0);
    expect(requestsIn(`${path}-not-there`)).toBe(0);
  });

  test('cut or changed anywhere gives whole blocks from its beginning, and nothing else', async () => {
    const path = await written();
    const bytes = readFileSync(path);
    const whole = [[1], [2, 2], [3, 3, 3]];
    const expectPrefix = async () => {
      const journal = await Journal.open(path, key);
      const found = await blocksOf(journal);
      expect(found).toEqual(whole.slice(0, found.length));
      await journal.append(Uint8Array.of(9), 1);
      expect(await blocksOf(journal)).toEqual([...found, [9]]);
      await journal.close();
    };
    await fc.assert(
      fc.asyncProperty(fc.nat(bytes.length), fc.boolean(), async (at, cut) => {
        const changed = Buffer.from(bytes);
        const place = Math.min(at, bytes.length - 1);
        changed[place] = (changed[place] ?? 0) ^ 0x40;
        writeFileSync(path, cut ? bytes : changed);
        if (cut) truncateSync(path, Math.min(at, statSync(path).size));
        await expectPrefix();
      }),
      { numRuns: 60 },
    );
  });
});
