import type { Database } from 'better-sqlite3';
import { z } from 'zod';
import { ReportState } from '../../../shared/domain/review/report-state.ts';

/** One step of an escalated decision. */
export interface EscalationStep {
  readonly decision: string;
  readonly state: ReportState;
  readonly person: string;
  readonly at: string;
  readonly comment: string;
}

const Rows = z.array(
  z.object({
    decision: z.string(),
    state: ReportState,
    person: z.string(),
    at: z.string(),
    comment: z.string(),
  }),
);

export function addEscalationStep(
  db: Database,
  { decision, state, person, at, comment }: EscalationStep,
): void {
  db.prepare(
    'INSERT INTO review_escalation_step (decision_id, state, person, at, comment) VALUES (?, ?, ?, ?, ?)',
  ).run(decision, state, person, at, comment);
}

/** Where each escalation of a campaign stands: its last step. */
export function escalationsOf(db: Database, campaign: string): EscalationStep[] {
  return Rows.parse(
    db
      .prepare(
        `SELECT decision_id AS decision, state, s.person, s.at, comment FROM review_escalation_step s
         JOIN review_decision d ON d.id = decision_id
         WHERE campaign_id = ? AND s.id = (SELECT max(id) FROM review_escalation_step WHERE decision_id = d.id)
         ORDER BY s.at, s.id`,
      )
      .all(campaign),
  );
}
