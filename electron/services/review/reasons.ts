import type { Database } from 'better-sqlite3';
import { csvLine } from '../../../shared/domain/csv.ts';
import { findPolicy } from '../../../shared/domain/review/policy-library.ts';
import { getLibrary } from '../../database/review/campaigns.ts';
import { decisionsBetween } from '../../database/review/decisions.ts';

/** One restriction with its reasons, in the fields of the DSA Transparency Database where it has them. */
interface StatementOfReasons {
  readonly puid: string;
  readonly application_date: string;
  readonly item_id: string;
  readonly request_id: string;
  readonly decision_visibility: string;
  readonly decision_visibility_other: string | null;
  readonly category: string;
  readonly decision_ground: string;
  readonly ground_reference: string;
  readonly jurisdiction: 'US';
  readonly policy: string;
  readonly reason: string | null;
  readonly severity: number | null;
  readonly decision_facts: string;
  readonly automated_detection: 'No';
  readonly automated_decision: 'AUTOMATED_DECISION_NOT_AUTOMATED';
  readonly reverses: string | null;
}

const VISIBILITY = {
  demote: { decision_visibility: 'DECISION_VISIBILITY_CONTENT_DEMOTED', decision_visibility_other: null },
  remove: {
    decision_visibility: 'DECISION_VISIBILITY_OTHER',
    decision_visibility_other: 'Removed from recommendations; the item itself stays available',
  },
} as const;

/** Every restriction decided from `from` to before `to`, one a piece of text, with nothing left out. */
function* statements(db: Database, from: string, to: string): Generator<StatementOfReasons> {
  for (const { id, decision } of decisionsBetween(db, from, to)) {
    const { ruling } = decision;
    if (ruling.kind !== 'item' || ruling.policy === null) continue;
    const policy = findPolicy(getLibrary(db, decision.seen.policies), ruling.policy);
    if (policy === null) continue;
    for (const action of ruling.actions) {
      if (action !== 'demote' && action !== 'remove') continue;
      yield {
        puid: `${id}-${action}`,
        application_date: decision.at,
        item_id: ruling.itemId,
        request_id: decision.requestId,
        ...VISIBILITY[action],
        category: policy.dsa_category,
        decision_ground:
          policy.us.ground === 'law'
            ? 'DECISION_GROUND_ILLEGAL_CONTENT'
            : 'DECISION_GROUND_INCOMPATIBLE_CONTENT',
        ground_reference: policy.us.reference,
        jurisdiction: 'US',
        policy: policy.title,
        reason: policy.reasons.find(({ code }) => code === ruling.reason)?.title ?? null,
        severity: ruling.severity,
        decision_facts: ruling.note,
        automated_detection: 'No',
        automated_decision: 'AUTOMATED_DECISION_NOT_AUTOMATED',
        reverses: decision.reverses,
      };
    }
  }
}

/** Statements of reasons as one JSON list or as CSV with a header; cells that a spreadsheet would run are made text. */
export function statementsOfReasons(
  db: Database,
  from: string,
  to: string,
  form: 'json' | 'csv',
): { fileName: string; text: string; statements: number } {
  const all = [...statements(db, from, to)];
  const fileName = `statements-of-reasons.${from.slice(0, 10)}.${to.slice(0, 10)}.${form}`;
  if (form === 'json') return { fileName, text: `${JSON.stringify(all, null, 2)}\n`, statements: all.length };
  const lines = all.map((statement) => csvLine(COLUMNS.map((name) => statement[name])));
  return { fileName, text: csvLine(COLUMNS) + lines.join(''), statements: all.length };
}

const COLUMNS = [
  'puid',
  'application_date',
  'item_id',
  'request_id',
  'decision_visibility',
  'decision_visibility_other',
  'category',
  'decision_ground',
  'ground_reference',
  'jurisdiction',
  'policy',
  'reason',
  'severity',
  'decision_facts',
  'automated_detection',
  'automated_decision',
  'reverses',
] as const satisfies readonly (keyof StatementOfReasons)[];
