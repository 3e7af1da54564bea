import { notFound } from '../../../shared/domain/error.ts';
import { nextStates } from '../../../shared/domain/review/report-state.ts';
import { countListed, escalationRow, listedEscalations } from '../../database/review/escalation-list.ts';
import { stepsOf } from '../../database/review/escalations.ts';
import type { Part, ReviewContext } from './context.ts';
import { moveEscalation } from './escalation-steps.ts';
import { requireReadable } from './seal.ts';

/** The escalations that a reader may read, page by page, and each whole. */
export function escalationsService({
  workspace: { db },
  log,
  session,
  now,
  decided,
}: ReviewContext): Part<'escalations' | 'escalation' | 'moveEscalation'> {
  return {
    async escalations(asked) {
      const { reader } = session;
      return {
        total: countListed(db, reader, asked.filter),
        offset: asked.offset,
        rows: listedEscalations(db, reader, asked),
        open: countListed(db, reader, { state: 'not closed' }),
      };
    },
    async escalation({ decision }) {
      const row = escalationRow(db, decision);
      if (row === null) throw notFound('The decision was not escalated; read the list again.');
      requireReadable(db, decision, session.reader);
      return { ...row, next: [...nextStates(row.state)], steps: stepsOf(db, decision) };
    },
    async moveEscalation(move) {
      const { reviewer } = session.require();
      requireReadable(db, move.decision, session.reader);
      moveEscalation(db, log, move, reviewer, now());
      decided();
    },
  };
}
