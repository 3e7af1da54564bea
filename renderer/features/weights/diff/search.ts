import { z } from 'zod';
import { TENSOR_SORTS } from '../../../../shared/contract/changes.ts';
import { TensorChange } from '../../../../shared/domain/release/changes.ts';
import { Choice, PairSearch, Text } from '../changes/search.ts';

/** The tensors of two releases: which are listed, in which order, and which one is opened. */
export const DiffSearch = PairSearch.extend({
  q: Text.default('').catch(''),
  kind: TensorChange.shape.kind.optional().catch(undefined),
  sort: z.enum(TENSOR_SORTS).default('change').catch('change'),
  desc: z.boolean().default(true).catch(true),
  tensor: Choice,
});
export type DiffSearch = z.infer<typeof DiffSearch>;
