import { z } from 'zod';
import { keyedUnion } from '../keyed-union.ts';
import { Attribute } from '../replay/attribute.ts';
import { parseYaml } from '../parse-yaml.ts';
import { isDifferenceOnly, isMeasureId, MEASURE_FORMS } from './measure-ids.ts';
import { leastOfReview, mostOfReview } from './review-facts.ts';

const Text = z.string().min(1);

const common = {
  name: Text,
  title: Text,
  /** A release may not be approved while a required gate does not pass; the others advise. */
  required: z.boolean(),
  /** Why the gate stands and why its threshold is what it is. */
  reason: Text,
  /** Who answers for the gate and may change it. */
  owner: Text.optional(),
};

/** Compares one measure of a replay report with a threshold. */
const MeasureGate = z
  .strictObject({
    ...common,
    /** A measure's id, for example `ndcg@10` or `prevalence@5:violence`. */
    measure: Text.refine(isMeasureId, {
      error: (issue) =>
        `is ${JSON.stringify(issue.input)}, which no replay computes; use ${MEASURE_FORMS.slice(0, -1).join(', ')} or ${MEASURE_FORMS.at(-1)}`,
    }),
    /**
     * Judges one slice instead of the whole: a value for each of one or two attributes, for example
     * `{user.region: CA}`. Where the report is not sliced so, or the slice is small, there is no evidence.
     */
    slice: z
      .record(Attribute, Text)
      .refine((slice) => [1, 2].includes(Object.keys(slice).length), {
        error: 'must name one attribute or two',
      })
      .optional(),
    on: z.enum(['difference', 'candidate', 'baseline']),
    op: z.enum(['lt', 'lte', 'gt', 'gte']),
    threshold: z.number(),
    /**
     * What is held against the threshold: the figure itself or an end of its 95 % interval. A harm judged by the upper
     * end, or a gain by the lower, passes only when the replay is long enough to be sure. Without an interval there is
     * no evidence.
     */
    judged_on: z.enum(['point', 'lower', 'upper']).default('point'),
  })
  .refine(({ measure, on }) => on === 'difference' || !isDifferenceOnly(measure), {
    path: ['on'],
    error: 'must be "difference", as this measure compares the two feeds; correct it',
  });
export type MeasureGate = z.output<typeof MeasureGate>;

const Jurisdictions = z.array(Text).min(1);
const TrainingGate = z.strictObject({
  ...common,
  fact: z.literal('training_jurisdiction'),
  allow: Jurisdictions,
});
const SnapshotGate = z.strictObject({
  ...common,
  fact: z.literal('snapshot_jurisdiction'),
  allow: Jurisdictions,
});
const AgeGate = z.strictObject({
  ...common,
  fact: z.literal('snapshot_age_days'),
  max: z.number().nonnegative(),
});
const YesGate = z.strictObject({
  ...common,
  fact: z.enum(['bundle_intact', 'features_equal', 'heads_complete', 'replay_exact']),
});

const LeastGate = z.strictObject({ ...common, ...leastOfReview });
const MostGate = z.strictObject({ ...common, ...mostOfReview });

/** Holds a fact about the release, the snapshot or the review against what is allowed. */
const FactGate = z.discriminatedUnion(
  'fact',
  [TrainingGate, SnapshotGate, AgeGate, YesGate, LeastGate, MostGate],
  {
    error:
      'names no fact that is looked at; use training_jurisdiction, snapshot_jurisdiction, snapshot_age_days, bundle_intact, features_equal, heads_complete, replay_exact, review_coverage, review_agreement, open_escalations or review_dissent',
  },
);
export type FactGate = z.output<typeof FactGate>;

const Gate = keyedUnion<MeasureGate | FactGate>({ measure: MeasureGate, fact: FactGate });

/** `gates.yaml`. */
export const GateRules = z.strictObject({
  version: z.literal(1),
  /** Counted up by whoever changes a gate, so that people can speak of "gates revision 7". */
  revision: z.int().positive().default(1),
  gates: z
    .array(Gate)
    .min(1)
    .superRefine((gates, context) => {
      for (const [at, { name }] of gates.entries()) {
        if (gates.findIndex((gate) => gate.name === name) < at) {
          context.addIssue({
            code: 'custom',
            path: [at, 'name'],
            message: `"${name}" names a second gate; give each its own name`,
          });
        }
      }
    }),
});
export type GateRules = z.output<typeof GateRules>;

/** Reads gates from the text of `file` (YAML). Throws `bad_input` naming file, place and remedy. */
export function parseGateRules(text: string, file: string): GateRules {
  return parseYaml(GateRules, text, file);
}
