import type { Database } from 'better-sqlite3';
import { csvLine } from '../../../shared/domain/csv.ts';
import { findPolicy, type PolicyLibrary } from '../../../shared/domain/review/policy-library.ts';
import { getLibrary } from '../../database/review/campaigns.ts';
import { decisionsBetween } from '../../database/review/decisions.ts';
import { keptBackBetween, type Reader } from '../../database/review/sealed.ts';
import { streamFile } from '../stream-file.ts';
import { requireNoneKeptBack } from './seal.ts';

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

/** Every restriction decided in a period that its reader may read. */
function* statements(db: Database, period: Period): Generator<StatementOfReasons> {
  const libraries = new Map<string, PolicyLibrary>();
  for (const { id, decision } of decisionsBetween(db, period)) {
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
function* pieces(db: Database, period: Period, form: 'json' | 'csv', stated: () => void): Generator<string> {
  let count = 0;
  yield form === 'json' ? '[' : csvLine(COLUMNS);
  for (const statement of statements(db, period)) {
    const before = count === 0 ? '\n' : ',\n';
    yield form === 'json'
      ? `${before}${JSON.stringify(statement, null, 2).replaceAll(/^/gm, '  ')}`
      : csvLine(COLUMNS.map((name) => statement[name]));
    count += 1;
    stated();
  }
  if (form === 'json') yield count === 0 ? ']\n' : '\n]\n';
}

/** What is asked for, and for whose eyes. */
export interface Period {
  /** ISO 8601: from `from` to before `to`. */
  readonly from: string;
  readonly to: string;
  readonly reader: Reader;
  /** Leave out what is kept from the reader, instead of refusing the period because of it. */
  readonly partial: boolean;
}

export interface Written {
  readonly statements: number;
  /** Decisions left out because they are on feeds that the reader may still judge blind. */
  readonly withheld: number;
}

interface Heard {
  readonly signal?: AbortSignal;
  readonly progress?: (statements: number) => void;
}

/**
 * Writes statements of reasons of a period to a file, whatever their number. Cancelled, killed or without room, it leaves
 * nothing. Refuses a period of which something is kept from the reader, unless a part of it will do.
 */
export async function writeReasons(
  db: Database,
  period: Period,
  form: 'json' | 'csv',
  path: string,
  { signal, progress = () => {} }: Heard = {},
): Promise<Written> {
  const { from, to, reader } = period;
  if (!period.partial) requireNoneKeptBack(db, from, to, reader);
  const withheld = keptBackBetween(db, from, to, reader);
  let count = 0;
  await streamFile(
    path,
    pieces(db, period, form, () => (count += 1)),
    { ...(signal === undefined ? {} : { signal }), taken: () => progress(count) },
  );
  return { statements: count, withheld };
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
