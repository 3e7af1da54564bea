import type { Database } from 'better-sqlite3';
import { refused, StatesideError } from '../../../shared/domain/error.ts';
import type { EscalationStep } from '../../../shared/domain/review/escalation.ts';
import { requireTransition, type ReportState } from '../../../shared/domain/review/report-state.ts';
import { addEscalationStep, findEscalation, type StoredStep } from '../../database/review/escalations.ts';
import type { AuditLog } from '../audit/audit-log.ts';
import { canonicalDigest } from '../signoff/digest.ts';

export const identifiedStep = (step: EscalationStep): StoredStep => ({ id: canonicalDigest(step), step });

export interface Move {
  readonly decision: string;
  /** The state the person saw. */
  readonly from: ReportState;
  readonly to: ReportState;
  readonly comment: string;
  /** Left out: as it is. */
  readonly owner?: string | null | undefined;
  readonly due?: string | null | undefined;
}

/** Adds a step to an escalation with its log entry. Refused when its state changed since, or may not change so. */
export function moveEscalation(
  db: Database,
  log: AuditLog,
  { decision, from, to, comment, owner, due }: Move,
  by: { readonly person: string; readonly keyId: string },
  at: string,
): void {
  db.transaction(() => {
    const standing = findEscalation(db, decision);
    if (standing === null) throw refused('The decision was not escalated; escalate its item first.');
    if (standing.state !== from)
      throw new StatesideError(
        'conflict',
        `${standing.changedBy} made the escalation ${standing.state} at ${standing.changedAt}; read it again and go on from there.`,
      );
    if (to !== from) requireTransition(from, to);
    const step: EscalationStep = {
      ...{ decision, state: to, person: by.person, at, comment },
      owner: owner === undefined ? standing.owner : owner,
      due: due === undefined ? standing.due : due,
    };
    const nothing = to === from && step.owner === standing.owner && step.due === standing.due;
    if (nothing && comment.trim() === '')
      throw refused('The step changes nothing; write a comment, or change the state, the owner or the date.');
    const stored = identifiedStep(step);
    addEscalationStep(db, stored);
    const body = { from, to, owner: step.owner, due: step.due, step: stored.id, keyId: by.keyId };
    log.append({
      ...{ at, actor: by.person, action: 'review.escalation', subject: decision, body },
      texts: { comment },
    });
  }).immediate();
}
