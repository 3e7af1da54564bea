import { z } from 'zod';
import { EscalationStep } from '../../domain/review/escalation.ts';
import { ReportState } from '../../domain/review/report-state.ts';
import { channel, Nothing } from '../channel.ts';

export const EscalationRow = z.object({
  decision: z.string(),
  campaign: z.string(),
  feed: z.int(),
  itemId: z.string(),
  note: z.string(),
  raisedBy: z.string(),
  state: ReportState,
  next: z.array(ReportState),
  changedBy: z.string(),
  changedAt: z.string(),
  owner: z.string().nullable(),
  due: z.string().nullable(),
  /** Every step, oldest first. */
  steps: z.array(EscalationStep),
});
export type EscalationRow = z.infer<typeof EscalationRow>;

export const escalationChannels = {
  /** Of one campaign or of all; those not closed first. */
  escalations: channel(z.object({ campaign: z.string().optional() }), z.array(EscalationRow)),
  /** A step of an escalation: `to` may be the state it is in, and owner and due date stay as they are when left out. */
  moveEscalation: channel(
    z.object({
      decision: z.string(),
      from: ReportState,
      to: ReportState,
      comment: z.string().max(4000),
      owner: z.string().nullable().optional(),
      due: z.iso.date().nullable().optional(),
    }),
    Nothing,
  ),
};
