import { z } from 'zod';
import { DecisionFilter } from '../../domain/review/filter.ts';
import { Macro } from '../../domain/review/macro.ts';
import { channel, Nothing } from '../channel.ts';
import { HistoryRow } from './history.ts';

const { ruling } = Macro.shape;
const Ids = z.array(z.string()).max(10_000);

/**
 * What a bulk action puts in the place of each decision: of those a filter finds, but not those named in `except`, or of
 * those that were chosen one by one.
 */
export const BulkInput = z.union([
  z.strictObject({ ruling, filter: DecisionFilter, except: Ids.optional() }),
  z.strictObject({ ruling, decisions: Ids.min(1) }),
]);
export type BulkInput = z.infer<typeof BulkInput>;

export const BulkPreview = z.object({
  /** SHA-256 over the decisions found and the new ruling; what is applied must be what was previewed. */
  digest: z.string(),
  decisions: z.int(),
  /** Those that say the same already, and stay. */
  unchanged: z.int(),
  /** Those chosen that stay too, because they are another's, reversed meanwhile, or not on an item. */
  aside: z.int(),
  /** Those the policies do not let be so; while there is one, nothing is applied. */
  refused: z.array(z.object({ decision: z.string(), itemId: z.string(), because: z.string() })),
  /** The first few of them. */
  sample: z.array(HistoryRow),
});
export type BulkPreview = z.infer<typeof BulkPreview>;

export const BatchRow = z.object({
  id: z.string(),
  person: z.string(),
  at: z.string(),
  /** null while it is of feeds that who reads it may still judge blind. */
  title: z.string().nullable(),
  decisions: z.int(),
  /** The batch this one takes back, and the one that took this back. */
  undoes: z.string().nullable(),
  undoneBy: z.string().nullable(),
});
export type BatchRow = z.infer<typeof BatchRow>;

export const bulkChannels = {
  /** Of a stretch of the history, the ids of those decisions that the person at this window can change in bulk. */
  changeable: channel(
    z.object({ filter: DecisionFilter, offset: z.int().nonnegative(), limit: z.int().min(1).max(10_000) }),
    z.array(z.string()),
  ),
  /** What a bulk action would do to the decisions in force of the person at this window; it changes nothing. */
  previewBulk: channel(BulkInput, BulkPreview),
  /** Does it in one step with one log entry. Refused when what the filter finds changed since the preview. */
  applyBulk: channel(
    z.object({ digest: z.string(), title: z.string().trim().min(1), change: BulkInput }),
    BatchRow,
  ),
  /** Takes a batch back by reversing what of it is in force still. */
  undoBatch: channel(z.object({ batch: z.string() }), BatchRow),
  batches: channel(Nothing, z.array(BatchRow)),
};
