import { spawnSync } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ndcgAt } from '../../shared/domain/metrics/ndcg.ts';
import {
  averagePrecisionAt,
  precisionAt,
  recallAt,
  reciprocalRank,
} from '../../shared/domain/metrics/ranking-quality.ts';
import { mulberry } from '../fixtures/replay/bundle.ts';
import { atLeast, figure, median, type Figure } from './figures.ts';

const REQUESTS = 10_000;
const CANDIDATES = 100;
const DEPTH = 10;
const ROUNDS = 5;
/** One item in so many is relevant. */
const RARE = 8;
/** trec_eval prints four decimals. */
const PRINTED = 5e-5;

interface Judged {
  /** By candidate index. */
  readonly relevance: Float64Array;
  /** Candidate indexes, best first. */
  readonly feed: Int32Array;
}

const MEASURES: Readonly<Record<string, (judged: Judged) => number | null>> = {
  map: ({ relevance, feed }) => averagePrecisionAt(relevance, feed, CANDIDATES),
  recip_rank: ({ relevance, feed }) => reciprocalRank(relevance, feed),
  [`P_${DEPTH}`]: ({ relevance, feed }) => precisionAt(relevance, feed, DEPTH),
  [`recall_${DEPTH}`]: ({ relevance, feed }) => recallAt(relevance, feed, DEPTH),
  [`ndcg_cut_${DEPTH}`]: ({ relevance, feed }) => ndcgAt(relevance, feed, DEPTH),
};

/**
 * Five of trec_eval's measures on 10,000 requests of 100 candidates. Where a program `trec_eval` is on the path it
 * measures the same from its two text files, whose reading is part of its own process time, and must come to the same
 * figures; elsewhere the time stands alone.
 */
export async function benchTrecEval(): Promise<Figure[]> {
  const judged = makeJudged();
  const means = meansOf(judged);
  const times: number[] = [];
  for (let round = 0; round < ROUNDS; round += 1) {
    const started = process.cpuUsage();
    meansOf(judged);
    const { user, system } = process.cpuUsage(started);
    times.push((user + system) / 1000);
  }
  const own = figure('five trec_eval measures, 10,000 requests × 100', median(times), 'ms');
  if (spawnSync('trec_eval', ['-h'], { stdio: 'ignore' }).error !== undefined) return [own];
  const theirs = await trecEval(judged, means);
  return [
    own,
    figure('trec_eval, the same', theirs, 'ms'),
    atLeast('trec_eval ÷ Stateside, process time', theirs / median(times), '', 5),
  ];
}

function makeJudged(): Judged[] {
  const random = mulberry(7);
  return Array.from({ length: REQUESTS }, () => {
    const relevance = Float64Array.from({ length: CANDIDATES }, () =>
      Math.floor(random() * RARE) === 0 ? 1 + Math.floor(random() * 3) : 0,
    );
    // at least one, because a request without any says nothing
    relevance[Math.floor(random() * CANDIDATES)] = 1;
    const scores = relevance.map((gain) => gain + 3 * random());
    const feed = Int32Array.from(relevance, (_, at) => at).toSorted(
      (a, b) => (scores[b] ?? 0) - (scores[a] ?? 0),
    );
    return { relevance, feed };
  });
}

function meansOf(judged: readonly Judged[]): Record<string, number> {
  const means: Record<string, number> = {};
  for (const [name, measure] of Object.entries(MEASURES))
    means[name] = judged.reduce((sum, one) => sum + (measure(one) ?? 0), 0) / judged.length;
  return means;
}

/** Its process time in ms. Throws when it comes to other figures. */
async function trecEval(judged: readonly Judged[], means: Record<string, number>): Promise<number> {
  const folder = await mkdtemp(join(tmpdir(), 'stateside-trec-'));
  try {
    const [qrels, run] = [join(folder, 'qrels'), join(folder, 'run')];
    await writeFile(
      qrels,
      judged.map(({ relevance }, q) =>
        Array.from(relevance, (gain, at) => `q${q} 0 d${at} ${gain}\n`).join(''),
      ),
    );
    await writeFile(
      run,
      judged.map(({ feed }, q) =>
        Array.from(feed, (at, rank) => `q${q} Q0 d${at} ${rank + 1} ${CANDIDATES - rank} own\n`).join(''),
      ),
    );
    const asked = Object.keys(MEASURES).flatMap((name) => ['-m', name.replace(/_(\d+)$/, '.$1')]);
    const times: number[] = [];
    for (let round = 0; round < ROUNDS; round += 1) {
      const { stdout, stderr } = spawnSync(
        'bash',
        ['-c', 'TIMEFORMAT="%U %S"; time trec_eval "$@"', 'bash', ...asked, qrels, run],
        { encoding: 'utf8' },
      );
      const [user = NaN, system = NaN] = stderr.trim().split(/\s+/).slice(-2).map(Number);
      times.push((user + system) * 1000);
      requireSame(stdout, means);
    }
    return median(times);
  } finally {
    await rm(folder, { recursive: true });
  }
}

/** `printed`: a line for each measure with its name, "all" and its mean. */
function requireSame(printed: string, means: Record<string, number>): void {
  for (const [name, mean] of Object.entries(means)) {
    const line = printed.split('\n').find((text) => text.split(/\s+/)[0] === name);
    const value = Number(line?.trim().split(/\s+/).at(-1));
    if (!(Math.abs(value - mean) <= PRINTED * 1.01))
      throw new Error(`trec_eval and Stateside differ in ${name}: ${value} and ${mean}`);
  }
}
