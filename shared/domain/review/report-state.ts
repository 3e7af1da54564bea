import { z } from 'zod';
import { refused } from '../error.ts';

/** The state of something that was reported or escalated, as the open atproto moderation service has them. */
export const ReportState = z.enum(['open', 'assigned', 'queued', 'escalated', 'closed']);
export type ReportState = z.infer<typeof ReportState>;

const NEXT: Readonly<Record<ReportState, readonly ReportState[]>> = {
  open: ['closed', 'escalated', 'queued', 'assigned'],
  closed: ['open'],
  escalated: ['open', 'closed'],
  queued: ['assigned', 'open', 'closed'],
  assigned: ['open', 'closed', 'escalated', 'queued'],
};

/** The states that may follow, in the order they are offered. */
export const nextStates = (from: ReportState): readonly ReportState[] => NEXT[from];

/** Refuses a step that the states do not allow. */
export function requireTransition(from: ReportState, to: ReportState): void {
  if (NEXT[from].includes(to)) return;
  throw refused(`A report that is ${from} cannot become ${to}; it may become ${NEXT[from].join(' or ')}.`);
}
