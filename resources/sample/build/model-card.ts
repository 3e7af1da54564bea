import type { TrainingData } from '../../../shared/domain/release/manifest.ts';
import type { HeadEvaluation } from './evaluate.ts';
import { FEATURES } from './features.ts';
import type { ReleasePlan } from './releases.ts';
import { REGION_RULE } from './region.ts';
import { CITATION, LICENCE } from './source.ts';
import { LAST_TRAINING_DAY, PERIODS } from './split.ts';

export interface CardFacts {
  readonly plan: ReleasePlan;
  readonly data: TrainingData;
  /** User-days-videos the weights were fitted to. */
  readonly examples: number;
  readonly evaluation: readonly HeadEvaluation[];
  readonly feeds: number;
  readonly candidates: number;
}

/** `model-card.md`: what the model is, what it was trained on, how well its heads tell events apart, and what to beware of. */
export function modelCard({ plan, data, examples, evaluation, feeds, candidates }: CardFacts): string {
  const { manifest, training } = plan;
  const used = FEATURES.filter(({ name }) => training.uses(name)).length;
  return `# ${manifest.name} ${manifest.version}

${plan.about}

**Intended use.** ${manifest.intended_use} Part of Stateside's sample: for trying out the console, not for ranking anybody's feed.

## Model

A perceptron from ${FEATURES.length} features (${used} of them read) through ${training.hidden.join(' and ')} rectified units to seven heads: the probabilities of like, hate, follow, comment, forward and long view, and the expected play time in milliseconds (counted up to five minutes). Trained together by Adam for ${training.epochs} passes; standardisation is folded into the first layer of \`model.onnx\`.

## Data

${CITATION} Licence of the data and of this release: ${LICENCE}.

| users counted as | rows of the log | from | to |
|---|---:|---|---|
${data.datasets.map(({ jurisdiction, rows, period }) => `| ${jurisdiction} | ${rows} | ${period.from} | ${period.to} |`).join('\n')}

Features of a day use only outcomes from before that day, of the same users; ${PERIODS.history} and the day after serve as history alone. The weights were fitted to ${examples} videos in users' days from ${PERIODS.training} to ${LAST_TRAINING_DAY}. ${REGION_RULE}

## How well the heads do

On the held-out days from ${PERIODS.heldOut} on: ${feeds} feeds of US users, ${candidates} candidates, never used to fit or choose anything. Area under the ROC curve, 0.5 is chance; in brackets the popularity baseline, which scores a video by its own smoothed past rate among US users and knows nothing of the user. *Within a feed* compares only videos of the same feed, which is what ranking needs. *Seen before* leaves out videos never shown to a US user before the day.

| head | events | all | within a feed | seen before |
|---|---:|---:|---:|---:|
${evaluation.map(row).join('\n')}

For play time the event is a play above the median. ${verdict(evaluation)}

## Beware

- The log holds only videos that were liked or marked as hated, so one is the other's opposite, and both are far more common than in a whole feed. No share here is typical of anything.
- Liked videos were kept in the log only when they recur, hated ones mostly appear once. "Never shown before" therefore nearly means "hated", for the models and for the popularity baseline. The columns *seen before* show what is left without that.
- Follow and forward are rare (see the events), so their figures are uncertain.
- Users of April 2022 in China stand in for US users. Nothing here says anything about people in the US.
`;
}

const figure = (value: number | null): string => (value === null ? '–' : value.toFixed(3));

function row({ title, positives, all, withinFeed, seenBefore }: HeadEvaluation): string {
  const cells = [all, withinFeed, seenBefore].map(
    ({ model, popularity }) => `${figure(model)} (${figure(popularity)})`,
  );
  return `| ${title} | ${positives} | ${cells.join(' | ')} |`;
}

/** Names the heads that lose to the baseline, column by column. */
function verdict(evaluation: readonly HeadEvaluation[]): string {
  const columns = [
    ['over all', 'all'],
    ['within a feed', 'withinFeed'],
    ['on videos seen before', 'seenBefore'],
  ] as const;
  const losses = columns.flatMap(([words, key]) => {
    const losing = evaluation.filter((head) => (head[key].model ?? 0) < (head[key].popularity ?? 0));
    return losing.length === 0 ? [] : [`${words}: ${losing.map(({ title }) => title).join(', ')}`];
  });
  return losses.length === 0
    ? 'No head does worse than the popularity baseline.'
    : `The model does worse than the popularity baseline ${losses.join('; ')}.`;
}
