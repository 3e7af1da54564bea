import { z } from 'zod';
import { EscalationStep } from '../../domain/review/escalation.ts';
import { ReportState } from '../../domain/review/report-state.ts';
import { channel, Nothing, page, PageRequest } from '../channel.ts';

/** An escalation as it is listed. */
export const EscalationRow = z.object({
  decision: z.string(),
  campaign: z.string(),
  feed: z.int(),
  itemId: z.string(),
  note: z.string(),
  raisedBy: z.string(),
  raisedAt: z.string(),
  state: ReportState,
  changedBy: z.string(),
  changedAt: z.string(),
  owner: z.string().nullable(),
  due: z.string().nullable(),
  /** How many steps after the first say something. */
  comments: z.int(),
});
export type EscalationRow = z.infer<typeof EscalationRow>;

/** An escalation whole. */
export const EscalationDetail = EscalationRow.extend({
  next: z.array(ReportState),
  /** Every step, oldest first. */
  steps: z.array(EscalationStep),
});
export type EscalationDetail = z.infer<typeof EscalationDetail>;

/** What the list can be sorted by; `urgency`: those not closed first, then the longest unchanged. */
export const EscalationSort = z.enum([
  'urgency',
  'state',
  'owner',
  'due',
  'item',
  'feed',
  'note',
  'raised',
  'comments',
  'changed',
]);
export type EscalationSort = z.infer<typeof EscalationSort>;

/** Which escalations are listed; what is left out does not matter. Days and moments: from `…From` to before `…To`. */
export const EscalationFilter = z.object({
  campaign: z.string().optional(),
  /** One state, or all but closed. */
  state: z.union([ReportState, z.literal('not closed')]).optional(),
  /** A person, or '' for those nobody owns. */
  owner: z.string().optional(),
  /** ISO 8601, of when it was raised. */
  raisedFrom: z.string().optional(),
  raisedTo: z.string().optional(),
  /** Days, of when it is due. */
  dueFrom: z.iso.date().optional(),
  dueTo: z.iso.date().optional(),
  /** Stands in a note or comment, an item's id, or the name of who raised or owns it. */
  text: z.string().max(200).optional(),
});
export type EscalationFilter = z.infer<typeof EscalationFilter>;

export const EscalationQuery = PageRequest.extend({
  filter: EscalationFilter,
  sort: EscalationSort,
  desc: z.boolean(),
});
export type EscalationQuery = z.infer<typeof EscalationQuery>;

export const escalationChannels = {
  escalations: channel(
    EscalationQuery,
    page(EscalationRow).extend({
      /** Of all that the person may read, whatever the filter. */
      open: z.int(),
    }),
  ),
  escalation: channel(z.object({ decision: z.string() }), EscalationDetail),
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
