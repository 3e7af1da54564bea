import { z } from 'zod';
import { Interval } from '../replay/report.ts';

export const Verdict = z.enum(['pass', 'fail', 'no evidence']);
export type Verdict = z.infer<typeof Verdict>;

/** A gate after it was judged: what was measured, against what, and what came of it. */
export const GateResult = z.object({
  name: z.string(),
  title: z.string(),
  required: z.boolean(),
  reason: z.string(),
  /** The rule in words, for example "nDCG@10 of the candidate minus the baseline's is at least −0.005". */
  rule: z.string(),
  threshold: z.union([z.number(), z.string(), z.array(z.string())]).nullable(),
  /** What was measured, null where there is no evidence. */
  measured: z.union([z.number(), z.string(), z.array(z.string())]).nullable(),
  verdict: Verdict,
  /** Why there is no evidence, and what brings it; beside that verdict alone, and not in older records. */
  missing: z.string().optional(),
  /** Unit of a measured number and its threshold, for example "days". */
  unit: z.string().optional(),
  /** The 95 % interval of the figure the gate is about. */
  interval: Interval.optional(),
  /** p value of the difference, corrected by Holm for the number of gates on differences. */
  p: z.number().optional(),
  /** Where the draws cannot tell whether `p` is smaller still. */
  pAtMost: z.literal(true).optional(),
  owner: z.string().optional(),
});
export type GateResult = z.infer<typeof GateResult>;
