import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { z } from 'zod';
import type { Workload } from '../fixtures/review/workload/workload.ts';
import { below, figure, type Figure } from './figures.ts';

const CHILD = join(import.meta.dirname, 'review-child.ts');
/** Of a process that does nothing else, its modules and what V8 lets lie included; it must not grow with the rows. */
const MEGABYTES = 512;

const Answer = z.object({ rows: z.int(), seconds: z.number(), megabytes: z.number() });

/** Time and memory of a campaign's file, written and merged elsewhere, and of all statements of reasons, each in a process of its own. */
export async function benchReviewFiles({ folder, campaigns }: Workload): Promise<Figure[]> {
  const [, second] = campaigns;
  const path = join(folder, '..', 'second.review.jsonl');
  const figures: Figure[] = [];
  for (const { does, name } of [
    { does: 'export', name: 'a quarter of all feeds exported' },
    { does: 'merge', name: 'the same merged into an empty workspace' },
    { does: 'reasons', name: 'all statements of reasons' },
  ]) {
    const args = [CHILD, does, folder, second?.id ?? '', path];
    const { stdout } = await promisify(execFile)(process.execPath, args);
    const { rows, seconds, megabytes } = Answer.parse(JSON.parse(stdout));
    figures.push(
      figure(`${name}: rows`, rows, ''),
      figure(`${name}: time`, seconds, 's'),
      below(`${name}: most memory held`, megabytes, 'MB', MEGABYTES),
    );
  }
  return figures;
}
