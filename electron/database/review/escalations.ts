import type { Database } from 'better-sqlite3';
import { z } from 'zod';
import { EscalationStep } from '../../../shared/domain/review/escalation.ts';
import { ReportState } from '../../../shared/domain/review/report-state.ts';
import { prepared } from '../prepared.ts';

/** A step with its id, the SHA-256 of its canonical JSON. */
export interface StoredStep {
  readonly id: string;
  readonly step: EscalationStep;
}

/** Adds a step; false when it is there already. The last of its steps says where the escalation stands. */
export function addEscalationStep(db: Database, { id, step }: StoredStep): boolean {
  const { decision, state, person, at, comment, owner, due } = step;
  const { changes } = prepared(
    db,
    `INSERT INTO review_escalation_step (id, decision_id, state, person, at, comment, owner, due)
       VALUES (?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING`,
  ).run(id, decision, state, person, at, comment, owner, due);
  if (changes === 0) return false;
  prepared(
    db,
    `INSERT INTO review_escalation (decision_id, campaign_id, state, owner, due, changed_by, changed_at)
     SELECT s.decision_id, d.campaign_id, s.state, s.owner, s.due, s.person, s.at FROM review_escalation_step s
       JOIN review_decision d ON d.id = s.decision_id WHERE s.decision_id = ? ORDER BY s.at DESC, s.seq DESC LIMIT 1
     ON CONFLICT DO UPDATE SET state = excluded.state, owner = excluded.owner, due = excluded.due,
       changed_by = excluded.changed_by, changed_at = excluded.changed_at`,
  ).run(decision);
  return true;
}

const Standing = z.object({
  decision: z.string(),
  campaign: z.string(),
  state: ReportState,
  owner: z.string().nullable(),
  due: z.string().nullable(),
  changedBy: z.string(),
  changedAt: z.string(),
});

/** Where an escalation stands. */
export type Standing = z.infer<typeof Standing>;

const STANDING = `SELECT decision_id AS decision, campaign_id AS campaign, state, owner, due,
  changed_by AS changedBy, changed_at AS changedAt FROM review_escalation`;

export function findEscalation(db: Database, decision: string): Standing | null {
  const row = prepared(db, `${STANDING} WHERE decision_id = ?`).get(decision);
  return row === undefined ? null : Standing.parse(row);
}

/** How many escalations of a campaign are not closed, and how many are. */
export function countEscalations(db: Database, campaign: string): { open: number; closed: number } {
  return z.object({ open: z.int(), closed: z.int() }).parse(
    db
      .prepare(
        `SELECT coalesce(sum(state <> 'closed'), 0) AS open, coalesce(sum(state = 'closed'), 0) AS closed
           FROM review_escalation WHERE campaign_id = ?`,
      )
      .get(campaign),
  );
}

/** Every step of an escalation, oldest first. */
export function stepsOf(db: Database, decision: string): EscalationStep[] {
  return z.array(EscalationStep).parse(
    prepared(
      db,
      `SELECT decision_id AS decision, state, person, at, comment, owner, due FROM review_escalation_step
           WHERE decision_id = ? ORDER BY at, seq`,
    ).all(decision),
  );
}
