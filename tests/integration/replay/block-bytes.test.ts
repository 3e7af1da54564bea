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
      { reader, baseline: logged, candidate: logged, settings },
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
