import { join } from 'node:path';
import { expect, test } from 'vitest';
import { openSnapshot } from '../../../electron/database/snapshot/open.ts';
import { blockBytes, blockOf } from '../../../electron/services/replay/block-bytes.ts';
import { compareBlock } from '../../../electron/services/replay/compare.ts';
import { LOGGED_POLICY } from '../../../shared/domain/ranking/logged.ts';
import { testFolder } from '../../fixtures/replay/folder.ts';
import { writeOddSnapshot } from '../../fixtures/replay/odd-snapshot.ts';

const logged = { digest: '', modelPath: null, modelSha256: null, policy: LOGGED_POLICY, model: null };

test.each(['text', 'integer'] as const)(
  'a block whose items have %s ids comes out of its bytes as it went in',
  async (order) => {
    const path = join(testFolder(), 'odd.snapshot.sqlite');
    writeOddSnapshot(path, order, (at) => (order === 'text' ? `i${at}` : String(at + 1)));
    const reader = openSnapshot(path);
    const settings = { seed: 1, limit: null, topK: 10, slices: [['user.region'], ['item.category']] };
    const ids = reader.requestIds();
    const block = await compareBlock(
      { reader, baseline: logged, candidate: logged, settings, replay: '1' },
      [ids.slice(0, 3), ids.slice(3)],
      () => {},
    );
    const { requests, heads, authors } = blockOf(blockBytes(block));
    expect(requests.length).toBe(ids.length);
    for (const [at, { shown, outcome, ...request }] of requests.entries()) {
      const { shown: before, outcome: told, ...others } = block.requests[at] ?? expect.fail();
      expect(request).toEqual(others);
      expect(outcome).toEqual(told);
      expect({
        ...shown,
        baseline: Array.from(shown.baseline),
        candidate: Array.from(shown.candidate),
      }).toEqual(before);
      expect(Array.from(shown.baseline, String)).toEqual(told.baseline);
      expect(Array.from(shown.candidate, String)).toEqual(told.candidate);
    }
    expect(heads).toEqual(block.heads);
    expect(authors).toEqual(block.authors);
    reader.close();
  },
);

test('whoever takes all blocks of a replay in learns of every author, and a replay begun anew names them again', async () => {
  const path = join(testFolder(), 'odd.snapshot.sqlite');
  writeOddSnapshot(path, 'integer', (at) => String(at + 1));
  const reader = openSnapshot(path);
  const ids = reader.requestIds();
  const named = async (replay: string, batch: readonly string[]): Promise<string[]> => {
    const settings = { seed: 1, limit: null, topK: 1 };
    const contest = { reader, baseline: logged, candidate: logged, settings, replay };
    const { authors } = await compareBlock(contest, [batch], () => {});
    return Array.from(authors.authors, String);
  };
  const among = (batch: readonly string[]): string[] => {
    const authors = batch.flatMap((id) => reader.request(id).candidates.map(({ item }) => item.authorId));
    return [...new Set(authors.filter((author) => author !== null))].toSorted();
  };
  const [first, second] = [await named('first', ids.slice(0, 24)), await named('first', ids.slice(24))];
  expect(first.toSorted()).toEqual(among(ids.slice(0, 24)));
  expect([...new Set([...first, ...second])].toSorted()).toEqual(among(ids));
  expect(second.length).toBeLessThan(among(ids.slice(24)).length);
  expect((await named('anew', ids.slice(24))).toSorted()).toEqual(among(ids.slice(24)));
  reader.close();
});
