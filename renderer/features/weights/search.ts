import { z } from 'zod';

/** Text of an address; a number written there is text too. */
const Text = z.union([z.string(), z.number().transform(String)]);
const Choice = Text.optional().catch(undefined);

export const HEAD_SORTS = ['written', 'name', 'weight', 'share', 'flips'] as const;

/** What the Weights page shows: whose formula, beside which, measured on what. */
export const WeightsSearch = z.object({
  release: Choice,
  /** Digest of a release, name of a published formula's file, or `none`. */
  against: Choice,
  snapshot: Choice,
  request: Choice,
  mode: z.enum(['read', 'what-if']).default('read').catch('read'),
  q: Text.default('').catch(''),
  sort: z.enum(HEAD_SORTS).default('written').catch('written'),
  /** The head whose sensitivity is drawn large. */
  head: Choice,
});
export type WeightsSearch = z.infer<typeof WeightsSearch>;
