import { z } from 'zod';
import { Choice, PairSearch, Text } from '../changes/search.ts';

/** Which table, which rows of it are listed, and whose neighbourhood is shown. */
export const EmbeddingsSearch = PairSearch.extend({
  table: Choice,
  q: Text.default('').catch(''),
  row: z.int().nonnegative().optional().catch(undefined),
});
export type EmbeddingsSearch = z.infer<typeof EmbeddingsSearch>;
