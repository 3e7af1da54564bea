import { z } from 'zod';
import { Interval, RankerRef } from '../replay/report.ts';

/** A figure with the 95 % interval that drawing the requests anew gives. */
const Estimate = z.object({ value: z.number(), interval: Interval });
export type Estimate = z.infer<typeof Estimate>;

/** How much a head leans on a feature; see `permutation.ts` for the definitions. */
const Importance = z.object({
  /** Mean absolute change of the head's output, in the output's unit. */
  movement: Estimate,
  /** Increase of the mean squared error; null where nothing observed can be held against the head. */
  loss: Estimate.nullable(),
});
export type Importance = z.infer<typeof Importance>;

const FeatureImportance = z.object({
  feature: z.string(),
  own: Importance,
  /** The other release's, and own − its; null where none is compared or it has no such head. */
  former: Importance.nullable(),
  change: Importance.nullable(),
});
export type FeatureImportance = z.infer<typeof FeatureImportance>;

export const ImportanceSettings = z.object({
  /** Requests drawn from the snapshot, at most. */
  requests: z.int().min(1).max(100_000),
  /** How often each column is shuffled. */
  repeats: z.int().min(1).max(100),
  seed: z.int().nonnegative(),
});
export type ImportanceSettings = z.infer<typeof ImportanceSettings>;

/** Permutation importance of every feature for every head, on one sample of a snapshot. */
export const ImportanceReport = z.object({
  format: z.literal('stateside-feature-importance'),
  version: z.literal(1),
  release: RankerRef,
  against: RankerRef.nullable(),
  snapshot: z.object({ name: z.string(), digest: z.string() }),
  settings: ImportanceSettings,
  /** What the sample came to: requests until there are 40,000 candidates. */
  requests: z.int(),
  candidates: z.int(),
  heads: z.array(
    z.object({
      head: z.string(),
      /** The observed signal its output is held against; null where there is none. */
      signal: z.string().nullable(),
      /** Candidates of the sample for which that was observed. */
      observed: z.int(),
      features: z.array(FeatureImportance),
    }),
  ),
});
export type ImportanceReport = z.infer<typeof ImportanceReport>;
