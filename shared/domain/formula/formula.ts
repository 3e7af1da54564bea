import { z } from 'zod';
import { Condition } from '../ranking/conditions.ts';

const Words = z.string().nullable().catch(null);
const Amount = z.number().nullable().catch(null);

/** A head as it is written, whether or not it may stand so; null is what is missing or cannot be read. */
export const FormulaHead = z.object({
  name: z.string().catch('?'),
  output: Words,
  kind: Words,
  weight: Amount,
  min: Amount,
  max: Amount,
  scale: z.number().catch(1),
  clamp: z.object({ min: Amount, max: Amount }).nullable().catch(null),
});
export type FormulaHead = z.infer<typeof FormulaHead>;

const When = Condition.nullable().catch(null);

const rules = <Rule extends z.ZodType>(rule: Rule) => z.array(rule).catch([]);

/** A scoring formula read without judging it, so that what is wrong with it can be shown where it stands. */
export const Formula = z.object({
  heads: rules(FormulaHead),
  multipliers: rules(z.object({ name: z.string().catch('?'), factor: Amount, when: When })),
  filters: rules(z.object({ name: z.string().catch('?'), when: When })),
  diversity: z.object({ by: Words, decay: Amount, floor: Amount }).nullable().catch(null),
  top_k: z.number().nullable().catch(null),
});
export type Formula = z.infer<typeof Formula>;
