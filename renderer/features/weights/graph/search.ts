import { z } from 'zod';
import { Choice, Text } from '../changes/search.ts';

/** What the graph page shows: whose model, the head whose inputs are traced, the chosen part. */
export const GraphSearch = z.object({
  release: Choice,
  against: Choice,
  /** Name of one of the model's outputs. */
  head: Choice,
  /** Id of an operator, an input, an output or a group. */
  part: Choice,
  /** Groups that are open; left out, those that a person would open first. */
  open: z.array(Text).optional().catch(undefined),
  q: Text.default('').catch(''),
});
export type GraphSearch = z.infer<typeof GraphSearch>;
