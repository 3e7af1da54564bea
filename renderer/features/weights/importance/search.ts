import { z } from 'zod';
import { Choice, PairSearch } from '../changes/search.ts';

/** Whose features, for which head, and by which measure. */
export const ImportanceSearch = PairSearch.extend({
  snapshot: Choice,
  head: Choice,
  by: z.enum(['movement', 'loss']).default('movement').catch('movement'),
});
export type ImportanceSearch = z.infer<typeof ImportanceSearch>;
