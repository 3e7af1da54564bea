import { openModel } from '../../../electron/workers/model.ts';
import { auc, groupedAuc, type Scored } from './auc.ts';
import { FEATURES, type Example } from './features.ts';
import type { Feed } from './feeds.ts';
import { HEADS, type Head } from './heads.ts';

/** Areas under the ROC curve of one head; null where one of the two kinds is missing. */
export interface HeadEvaluation {
  readonly title: string;
  readonly positives: number;
  readonly all: Comparison;
  /** Pairs of videos of one feed only. */
  readonly withinFeed: Comparison;
  /** Videos that were shown to some US user before the day. */
  readonly seenBefore: Comparison;
}

interface Comparison {
  readonly model: number | null;
  readonly popularity: number | null;
}

interface ScoredExample extends Scored {
  readonly example: Example;
  readonly requestId: string;
}

const column = (name: string): number => FEATURES.findIndex((feature) => feature.name === name);

/** Runs the model file on the feeds and compares every head with the popularity baseline. */
export async function evaluateModel(modelPath: string, feeds: readonly Feed[]): Promise<HeadEvaluation[]> {
  const examples = feeds.flatMap(({ candidates }) => candidates);
  const requestIds = feeds.flatMap(({ requestId, candidates }) => candidates.map(() => requestId));
  const model = await openModel(modelPath, { threads: 1 });
  try {
    const features = new Float32Array(examples.length * FEATURES.length);
    examples.forEach((example, at) => features.set(example.features, at * FEATURES.length));
    const outputs = await model.run(features, examples.length);
    return HEADS.map((head) => {
      const happened = eventOf(head, examples);
      const score = (scores: (example: Example, at: number) => number): ScoredExample[] =>
        examples.map((example, at) => ({
          example,
          requestId: requestIds[at] ?? '',
          score: scores(example, at),
          positive: happened(example),
        }));
      const predicted = outputs.get(head.output);
      const { feature, sign } = head.popularity;
      const model = score((_, at) => predicted?.[at] ?? NaN);
      const popularity = score((example) => sign * (example.features[column(feature)] ?? NaN));
      const compare = (measure: (rows: readonly ScoredExample[]) => number | null): Comparison => ({
        model: measure(model),
        popularity: measure(popularity),
      });
      return {
        title: head.title,
        positives: model.filter(({ positive }) => positive).length,
        all: compare(auc),
        withinFeed: compare((rows) => groupedAuc(groupByFeed(rows))),
        seenBefore: compare((rows) => auc(rows.filter(({ example }) => wasSeen(example)))),
      };
    });
  } finally {
    await model.close();
  }
}

/** What a head's score should tell apart: its event, or for play time a play above the median of all. */
function eventOf(head: Head, examples: readonly Example[]): (example: Example) => boolean {
  const target = ({ exposure }: Example): number => head.target(exposure.outcome);
  if (head.kind === 'probability') return (example) => target(example) === 1;
  const median = examples.map(target).toSorted((a, b) => a - b)[Math.floor(examples.length / 2)] ?? 0;
  return (example) => target(example) > median;
}

function groupByFeed(rows: readonly ScoredExample[]): ScoredExample[][] {
  const groups = new Map<string, ScoredExample[]>();
  for (const row of rows) {
    const group = groups.get(row.requestId);
    if (group === undefined) groups.set(row.requestId, [row]);
    else group.push(row);
  }
  return [...groups.values()];
}

const wasSeen = ({ features }: Example): boolean => (features[column('video_events')] ?? 0) > 0;
