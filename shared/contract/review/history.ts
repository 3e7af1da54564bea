import { z } from 'zod';
import { Decision } from '../../domain/review/decision.ts';
import { DecisionFilter, SavedFilter } from '../../domain/review/filter.ts';
import { channel, Nothing, PageRequest } from '../channel.ts';

export const DecisionRow = Decision.extend({ id: z.string(), reversedBy: z.string().nullable() });
export type DecisionRow = z.infer<typeof DecisionRow>;

/** A decision as history lists it; the item's words come from the snapshot it was judged in. */
export const HistoryRow = DecisionRow.extend({
  campaignName: z.string(),
  caption: z.string().nullable(),
  authorId: z.string().nullable(),
});
export type HistoryRow = z.infer<typeof HistoryRow>;

export const HistoryQuery = PageRequest.extend({ filter: DecisionFilter });
export type HistoryQuery = z.infer<typeof HistoryQuery>;

export const historyChannels = {
  /** Decisions that a filter lets through, newest first. `total` stops counting at 10,000, and then `more` is true. */
  history: channel(
    HistoryQuery,
    z.object({ total: z.int(), more: z.boolean(), offset: z.int(), rows: z.array(HistoryRow) }),
  ),
  filters: channel(Nothing, z.array(SavedFilter)),
  saveFilter: channel(SavedFilter, z.array(SavedFilter)),
  removeFilter: channel(z.object({ id: z.string() }), z.array(SavedFilter)),
};
