import { z } from 'zod';
import { ANOMALIES } from '../../../../shared/domain/weights/anomalies.ts';
import { HEAT_RULES } from '../../../../shared/domain/weights/heat.ts';
import { LIST_SORTS } from '../../../../shared/domain/weights/tensor-list.ts';
import { Choice, PairSearch, Text } from '../changes/search.ts';

export const AnomalyFilter = z.enum(['all', 'any', ...ANOMALIES]);

/** Which tensors of a release are listed, and in which order; what is left out is as it was left last. */
export const TensorsSearch = PairSearch.extend({
  q: Text.default('').catch(''),
  dtype: Choice,
  file: Choice,
  anomaly: AnomalyFilter.default('all').catch('all'),
  sort: z.enum(LIST_SORTS).optional().catch(undefined),
  desc: z.boolean().optional().catch(undefined),
});
export type TensorsSearch = z.infer<typeof TensorsSearch>;

/** One tensor, and which part of it is looked at. */
export const TensorSearch = PairSearch.extend({
  tensor: Text.default('').catch(''),
  slice: Choice,
  view: z.enum(['heat', 'histogram', 'values']).default('heat').catch('heat'),
  rule: z.enum(HEAT_RULES).default('farthest').catch('farthest'),
  /** Whether colours reach to the value farthest from zero, or to 99 % of the cells. */
  scale: z.enum(['most', 'all']).default('most').catch('most'),
});
export type TensorSearch = z.infer<typeof TensorSearch>;
