import { z } from 'zod';
import { Condition } from './conditions.ts';
import { fieldNamed } from './field.ts';

/** Where a head states no `min` or `max`, its weight may be moved so far, or as far as it is itself. */
export const WEIGHT_LIMIT = 1_000_000;
/** So many places a feed has at most. */
export const LONGEST_FEED = 100_000;

const Name = z.string().min(1).max(100);
const Weight = z.number();
const Factor = z.number().positive();

/** `min` and `max` bound the weight. */
const Head = z
  .strictObject({
    name: Name,
    /** Name of the model's output. */
    output: Name,
    kind: z.enum(['probability', 'expectation']),
    scale: z.number().default(1),
    weight: Weight,
    min: Weight.optional(),
    max: Weight.optional(),
    /** Bounds of the scaled output. */
    clamp: z
      .strictObject({ min: z.number().optional(), max: z.number().optional() })
      .refine(({ min, max }) => min === undefined || max === undefined || min <= max, {
        error: 'has a min above its max; exchange them',
      })
      .nullable()
      .default(null),
  })
  .transform(({ min, max, ...head }) => ({
    ...head,
    min: min ?? Math.min(-WEIGHT_LIMIT, head.weight, max ?? 0),
    max: max ?? Math.max(WEIGHT_LIMIT, head.weight, min ?? 0),
  }))
  .superRefine(({ weight, min, max }, context) => {
    if (min > max) {
      context.addIssue({
        code: 'custom',
        path: ['min'],
        message: `is ${min}, above its max of ${max}; exchange them`,
      });
    } else if (weight < min || weight > max) {
      context.addIssue({
        code: 'custom',
        path: ['weight'],
        message: `is ${weight}, outside its own min ${min} and max ${max}; move the weight inside them or widen them`,
      });
    }
  });

const Multiplier = z.strictObject({
  name: Name,
  /** Left out, the factor applies to every candidate. */
  when: Condition.optional(),
  factor: Factor,
});

const Filter = z.strictObject({ name: Name, when: Condition });

/** The k-th candidate (from 0) of one value of `by` gets the factor `(1 − floor) · decay^k + floor`. */
const Diversity = z.strictObject({
  by: z.string().refine((name) => name.startsWith('item.') && fieldNamed(name) !== null, {
    error: (issue) =>
      `is ${JSON.stringify(issue.input)}; use a field of the item, for example item.author_id`,
  }),
  decay: z.number().min(0).max(1),
  floor: z.number().min(0).max(1),
});

const names = (what: string) => (rules: readonly { name: string }[], context: z.core.$RefinementCtx) => {
  for (const [at, { name }] of rules.entries()) {
    if (rules.findIndex((rule) => rule.name === name) < at) {
      context.addIssue({
        code: 'custom',
        path: [at, 'name'],
        message: `"${name}" names a second ${what}; give each its own name`,
      });
    }
  }
};

/** `policy.yaml`: how a model's outputs become an order. */
export const RankingPolicy = z.strictObject({
  version: z.literal(1),
  heads: z.array(Head).min(1).max(100).superRefine(names('head')),
  multipliers: z.array(Multiplier).max(32).superRefine(names('multiplier')).default([]),
  filters: z.array(Filter).max(1000).superRefine(names('filter')).default([]),
  diversity: Diversity.nullable().default(null),
  top_k: z.int().min(1).max(LONGEST_FEED),
});
export type RankingPolicy = z.output<typeof RankingPolicy>;
export type PolicyHead = RankingPolicy['heads'][number];
