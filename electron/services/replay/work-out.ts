import { authorSwaps, type ConcentrationDifferences } from '../../../shared/domain/replay/author-swaps.ts';
import type { ToWorkOut, WorkedOut } from '../../../shared/domain/replay/worked-out.ts';
import type { WorkerPool } from '../../workers/pool.ts';

/** Swaps of authors in one message: whoever is done early takes on more of them. */
const AT_ONCE = 128;

/** Works intervals and p values out on worker threads; the swaps of authors, which take longest, on all of them. */
export async function workedOutOn(pool: WorkerPool, input: ToWorkOut): Promise<WorkedOut> {
  const { exposure, seed } = input;
  if (exposure === null) return pool.run('workOut', input);
  const swaps = authorSwaps(seed);
  const parts = Array.from({ length: Math.ceil(swaps.length / AT_ONCE) }, (_, at) =>
    pool.run('swapAuthors', { exposure, swaps: swaps.slice(at * AT_ONCE, (at + 1) * AT_ONCE) }),
  );
  return pool.run('workOut', { ...input, swappedAuthors: joined(await Promise.all(parts)) });
}

function joined(parts: readonly ConcentrationDifferences[]): ConcentrationDifferences {
  const all = (name: keyof ConcentrationDifferences): Float64Array =>
    Float64Array.from(parts.flatMap((part) => Array.from(part[name])));
  return { author_gini: all('author_gini'), author_top_share: all('author_top_share') };
}
