import { z } from 'zod';
import { Sha256 } from '../release/manifest.ts';
import { Moment } from '../statements/statement.ts';
import { ReportState } from './report-state.ts';

/** One step of an escalated decision: a change of state, owner or due date, or a comment that changes none. */
export const EscalationStep = z.strictObject({
  decision: Sha256,
  state: ReportState,
  person: z.string().min(1),
  at: Moment,
  comment: z.string().max(4000),
  /** Who sees to it; null while nobody does. */
  owner: z.string().min(1).nullable(),
  due: z.iso.date().nullable(),
});
export type EscalationStep = z.infer<typeof EscalationStep>;
