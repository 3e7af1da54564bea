import type { Database } from 'better-sqlite3';
import { csvLine } from '../../../shared/domain/csv.ts';
import { refused } from '../../../shared/domain/error.ts';
import { findPolicy, type PolicyLibrary } from '../../../shared/domain/review/policy-library.ts';
import { getLibrary } from '../../database/review/campaigns.ts';
import { countBetween, decisionsBetween } from '../../database/review/decisions.ts';
import { streamFile } from '../stream-file.ts';

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
  const libraries = new Map<string, PolicyLibrary>();
  for (const { id, decision } of decisionsBetween(db, from, to)) {
    const { ruling } = decision;
    if (ruling.kind !== 'item' || ruling.policy === null) continue;
    const library = libraries.get(decision.seen.policies) ?? getLibrary(db, decision.seen.policies);
    libraries.set(decision.seen.policies, library);
    const policy = findPolicy(library, ruling.policy);
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

/**
 * Statements of reasons as one JSON list or as CSV with a header, piece by piece; cells that a spreadsheet would run are
 * made text. `stated` hears of each.
 */
function* pieces({ db, from, to }: Period, form: 'json' | 'csv', stated: () => void): Generator<string> {
  let count = 0;
  yield form === 'json' ? '[' : csvLine(COLUMNS);
  for (const statement of statements(db, from, to)) {
    const before = count === 0 ? '\n' : ',\n';
    yield form === 'json'
      ? `${before}${JSON.stringify(statement, null, 2).replaceAll(/^/gm, '  ')}`
      : csvLine(COLUMNS.map((name) => statement[name]));
    count += 1;
    stated();
  }
  if (form === 'json') yield count === 0 ? ']\n' : '\n]\n';
}

interface Period {
  readonly db: Database;
  /** ISO 8601: from `from` to before `to`. */
  readonly from: string;
  readonly to: string;
}

/** More than the window holds in memory at once. */
const MOST_AT_ONCE = 100_000;

/** Statements of reasons of a period, for the window to save. Refuses a period that only a file takes in. */
export function statementsOfReasons(
  db: Database,
  from: string,
  to: string,
  form: 'json' | 'csv',
): { fileName: string; text: string; statements: number } {
  const decisions = countBetween(db, from, to);
  if (decisions > MOST_AT_ONCE)
    throw refused(
      `The period has ${decisions} decisions, and the window writes up to ${MOST_AT_ONCE}; choose a shorter one, or run stateside review reasons.`,
    );
  let count = 0;
  const text = [...pieces({ db, from, to }, form, () => (count += 1))].join('');
  return {
    fileName: `statements-of-reasons.${from.slice(0, 10)}.${to.slice(0, 10)}.${form}`,
    text,
    statements: count,
  };
}

/** Writes statements of reasons of a period to a file, whatever their number; answers it. Cancelled, it leaves nothing. */
export async function writeReasons(
  period: Period,
  form: 'json' | 'csv',
  path: string,
  {
    signal,
    progress = () => {},
  }: { readonly signal?: AbortSignal; readonly progress?: (statements: number) => void } = {},
): Promise<number> {
  let count = 0;
  await streamFile(
    path,
    pieces(period, form, () => (count += 1)),
    { ...(signal === undefined ? {} : { signal }), taken: () => progress(count) },
  );
  return count;
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
