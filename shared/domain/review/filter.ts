import { z } from 'zod';
import { ItemAction } from './policy-library.ts';

/** Which decisions are looked for; what is left out does not matter. */
export const DecisionFilter = z.strictObject({
  campaign: z.string().optional(),
  feed: z.int().nonnegative().optional(),
  requestId: z.string().optional(),
  person: z.string().optional(),
  itemId: z.string().optional(),
  authorId: z.string().optional(),
  /** A policy, with all that stand below it in the tree. */
  policy: z.string().optional(),
  action: ItemAction.optional(),
  /** A verdict on a feed or a preference. */
  verdict: z.string().optional(),
  /** Words of the note or the caption; the last one may be unfinished. */
  text: z.string().max(200).optional(),
  /** Decided from `from` to before `to`. */
  from: z.string().optional(),
  to: z.string().optional(),
  state: z.enum(['in force', 'reversed']).optional(),
});
export type DecisionFilter = z.infer<typeof DecisionFilter>;

export const SavedFilter = z.strictObject({
  id: z.string().min(1),
  name: z.string().trim().min(1).max(80),
  filter: DecisionFilter,
});
export type SavedFilter = z.infer<typeof SavedFilter>;
