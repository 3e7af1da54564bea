import { cp, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { openWorkspace } from '../../electron/database/workspace/open.ts';
import { createServices, type OpenServices } from '../../electron/services/services.ts';
import { Random } from '../../electron/services/snapshots/synth/random.ts';
import { WorkerPool } from '../../electron/workers/pool.ts';
import type { DecisionFilter } from '../../shared/domain/review/filter.ts';
import { replayWorker } from '../fixtures/replay/made.ts';
import { PASSPHRASE } from '../fixtures/review/workload/people.ts';
import { FULL_SIZE } from '../fixtures/review/workload/size.ts';
import { describeWorkload, makeWorkload, type Workload } from '../fixtures/review/workload/workload.ts';
import { below, figure, quantile, type Figure } from './figures.ts';
import { benchReviewFiles } from './review-files.ts';
import { benchReviewWindow } from './review-window.ts';

const ROUNDS = 60;
const MOST_MS = 100;

/**
 * Review in a workspace of 100,000 feeds and 1,000,000 decisions by 50 reviewers. STATESIDE_BENCH_SCALE makes it
 * smaller (0.01), STATESIDE_BENCH_WORKLOAD names the parent folder of a made one, which is copied and left as it is.
 */
export async function benchReview(): Promise<Figure[]> {
  const folder = await mkdtemp(join(tmpdir(), 'stateside-bench-'));
  try {
    const workload = await workloadIn(folder);
    const opening = performance.now();
    const workspace = openWorkspace(workload.folder);
    const opened = performance.now() - opening;
    const pool = new WorkerPool(replayWorker, 1);
    const services = createServices(workspace, pool, () => {});
    try {
      return [
        figure('decisions in the workspace', workload.decisions, ''),
        figure('opening the workspace', opened, 'ms'),
        ...(await answerFigures(services, workload)),
        ...(await deskFigures(services, workload)),
        ...(await campaignFigures(services, workload)),
        ...(await withoutServices(services, pool, workload)),
      ];
    } finally {
      workspace.close();
    }
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function workloadIn(folder: string): Promise<Workload> {
  const made = process.env['STATESIDE_BENCH_WORKLOAD'];
  if (made !== undefined) {
    await cp(join(made, 'team'), join(folder, 'team'), { recursive: true });
    return describeWorkload(join(folder, 'team'));
  }
  const scale = Number(process.env['STATESIDE_BENCH_SCALE'] ?? 1);
  const { feeds, decisions, reviewers, seed } = FULL_SIZE;
  const size = { feeds: Math.ceil(feeds * scale), decisions: Math.ceil(decisions * scale), reviewers, seed };
  process.stderr.write(`Making a workspace of ${size.feeds} feeds and ${size.decisions} decisions …\n`);
  return makeWorkload(folder, size, new Date().toISOString());
}

const elapsed = async (work: () => Promise<unknown>): Promise<number> => {
  const from = performance.now();
  await work();
  return performance.now() - from;
};

const p95 = (name: string, times: readonly number[]): Figure =>
  below(`${name}, 95th percentile`, quantile(times, 0.95), 'ms', MOST_MS);

/** Queue counts, history and search, asked as a reviewer (from whom part is kept) and as a lead. */
async function answerFigures({ review, roster }: OpenServices, workload: Workload): Promise<Figure[]> {
  const filters = filtersOf(workload);
  const figures: Figure[] = [];
  for (const { who, keyId } of [
    { who: 'reviewer', keyId: workload.workers[0]?.keyId ?? '' },
    { who: 'lead', keyId: workload.lead.keyId },
  ]) {
    await roster.unlock({ keyId, passphrase: PASSPHRASE, minutes: 60 });
    for (const round of ['first', 'again']) {
      const times = { history: [0], search: [0] };
      for (const filter of filters) {
        const kind = filter.text === undefined ? 'history' : 'search';
        times[kind].push(await elapsed(() => review.history({ filter, offset: 0, limit: 150 })));
      }
      figures.push(
        p95(`history, ${who}, ${round}`, times.history),
        p95(`search, ${who}, ${round}`, times.search),
      );
    }
    const queues: number[] = [];
    for (let round = 0; round < 20; round += 1) queues.push(await elapsed(() => review.queues()));
    figures.push(p95(`counts of all queues, ${who}`, queues));
  }
  return figures;
}

/** Conditions of every kind, alone and two or three at once; rare ones and such as let half of everything through. */
function filtersOf({ campaigns, workers, items }: Workload): DecisionFilter[] {
  const random = Random.seeded(11);
  const [words, policies] = [
    ['clip', 'senal', 'tacos', 'wat', '危険', 'case 7', 'spam dare'],
    ['spam', 'violence', 'hate'],
  ];
  const one = <Value>(values: readonly Value[]): Value | undefined => values[random.below(values.length)];
  const part: readonly (() => DecisionFilter)[] = [
    () => ({ person: one(workers)?.person }),
    () => ({ campaign: one(campaigns)?.id }),
    () => ({ policy: one(policies) }),
    () => ({ itemId: one(items)?.itemId }),
    () => ({ authorId: one(items)?.authorId ?? undefined }),
    () => ({ campaign: one(campaigns)?.id, feed: random.below(20) }),
    () => ({ requestId: String(1 + random.below(100)) }),
    () => ({ action: one(['fine', 'demote', 'remove', 'escalate'] as const) }),
    () => ({ verdict: one(['acceptable', 'not acceptable', 'left', 'no difference']) }),
    () => ({ state: one(['in force', 'reversed'] as const) }),
    () => {
      const day = 1 + random.below(200);
      const at = (days: number) => new Date(Date.now() - days * 86_400_000).toISOString();
      return { from: at(day + 1 + random.below(30)), to: at(day) };
    },
  ];
  return Array.from({ length: ROUNDS * 3 }, (_, at) => {
    const parts: DecisionFilter[] = Array.from({ length: at % 3 }, () => one(part)?.() ?? {});
    const text: DecisionFilter = at % 2 === 0 ? { text: one(words) ?? '' } : {};
    return Object.assign(text, part[at % part.length]?.() ?? {}, ...parts);
  });
}

/** From the deciding call to the next feed at hand, again and again, as one reviewer in campaigns and queues. */
async function deskFigures(
  { review, roster }: OpenServices,
  { campaigns, workers }: Workload,
): Promise<Figure[]> {
  await roster.unlock({ keyId: workers[0]?.keyId ?? '', passphrase: PASSPHRASE, minutes: 60 });
  const times: number[] = [];
  for (const { id: campaign, definition } of campaigns.slice(0, 2)) {
    const first = await review.claim({ campaign });
    const verdict =
      definition.mode === 'open'
        ? ({ kind: 'feed', verdict: 'acceptable', note: '' } as const)
        : ({ kind: 'preference', preferred: 'left', note: '' } as const);
    for (let at = first, round = 0; at !== null && round < ROUNDS; round += 1) {
      const place = { campaign, feed: at.feed };
      const { revision } = await review.rule({ ...place, revision: at.revision, ruling: verdict });
      const from = performance.now();
      await review.submit({ ...place, revision });
      at = await review.claim({ campaign });
      times.push(performance.now() - from);
    }
  }
  return [p95('submit and have the next feed', times)];
}

async function campaignFigures(
  { review, roster }: OpenServices,
  { campaigns, lead }: Workload,
): Promise<Figure[]> {
  await roster.unlock({ keyId: lead.keyId, passphrase: PASSPHRASE, minutes: 60 });
  const [campaign = '', ...others] = campaigns.map(({ id }) => id);
  const reportOf = async (ids: readonly string[]): Promise<number> => {
    const times: number[] = [];
    for (const id of ids) times.push(await elapsed(() => review.report({ campaign: id })));
    return times.reduce((sum, time) => sum + time, 0) / 1000;
  };
  const held = monitorEventLoopDelay({ resolution: 5 });
  held.enable();
  const sums = [
    below(
      'figures of quality, largest campaign',
      (await elapsed(() => review.quality({ campaign }))) / 1000,
      's',
      2,
    ),
    below('report with agreement, largest campaign', await reportOf([campaign]), 's', 2),
  ];
  held.disable();
  return [
    below('list of campaigns', await elapsed(() => review.campaigns()), 'ms', MOST_MS),
    ...sums,
    below('longest that the services’ thread was held up meanwhile', held.max / 1e6, 'ms', MOST_MS),
    below('the same again', await reportOf([campaign]), 's', 0.1),
    below('reports with agreement, all other campaigns together', await reportOf(others), 's', 2),
  ];
}

/** The window opens the workspace itself, so the services let go of it first. */
async function withoutServices(
  services: OpenServices,
  pool: WorkerPool,
  workload: Workload,
): Promise<Figure[]> {
  await services.close();
  await pool.close();
  return [...(await benchReviewWindow(workload)), ...(await benchReviewFiles(workload))];
}
