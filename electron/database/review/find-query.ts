import type { Database } from 'better-sqlite3';
import type { DecisionFilter } from '../../../shared/domain/review/filter.ts';
import { matchQuery } from '../../../shared/domain/review/full-text.ts';
import { withBelow } from '../../../shared/domain/review/policy-tree.ts';
import { listLibraries } from './campaigns.ts';
import { ACTION_BIT, actionWord, codeOf, factWord } from './found.ts';
import { FOUND_READABLE, type Reader } from './sealed.ts';

type Bound = Record<string, string | number | null>;

export interface FindQuery {
  /** Selects the running numbers of decisions, newest first. */
  readonly sql: string;
  readonly bound: Bound;
}

/** Filters that name something by its code. */
const NAMED = {
  campaign: 'campaign',
  person: 'person',
  itemId: 'item',
  verdict: 'verdict',
} as const satisfies Partial<Record<keyof DecisionFilter, string>>;
type Named = keyof typeof NAMED;
const BY_POLICY = 'review_find_policy';
const isNamed = (key: string): key is Named => Object.hasOwn(NAMED, key);

/**
 * How the decisions that a filter lets through are found; null when there can be none. Of several conditions the one
 * that leaves least is looked up in its index, which is in the order of the list, and the rest is held against numbers
 * in the same small row. With words, the facts are words too, so that the full-text index brings both together.
 */
export function findQuery(db: Database, filter: DecisionFilter, reader: Reader): FindQuery | null {
  const codes = codesOf(db, filter);
  const policies = policiesOf(db, filter);
  if (codes === null || policies?.length === 0) return null;
  const bound: Bound = { reader, readerCode: reader === null ? null : codeOf(db, reader) };
  const conditions = reader === null ? [] : [FOUND_READABLE];
  const put = (sql: string, values: Bound): void => {
    conditions.unshift(sql);
    Object.assign(bound, values);
  };
  const { text, authorId, requestId, feed, action, from, to, state } = filter;
  if (from !== undefined) put('x.at >= :from', { from: Date.parse(from) });
  if (to !== undefined) put('x.at < :to', { to: Date.parse(to) });
  if (state !== undefined) put(state === 'reversed' ? 'x.reversed = 1' : 'x.reversed = 0', {});
  if (feed !== undefined) put('x.feed = :feed', { feed });
  if (authorId !== undefined)
    put(
      `x.item IN (SELECT k.code FROM review_item i JOIN review_code k ON k.text = i.item_id WHERE i.author_id = :authorId)`,
      { authorId },
    );
  if (requestId !== undefined)
    put(
      `(x.campaign, x.feed) IN (SELECT k.code, f.feed FROM review_feed f JOIN review_code k ON k.text = f.campaign_id
         WHERE f.request_id = :requestId)`,
      { requestId },
    );
  if (text !== undefined) {
    const words = matchQuery(text);
    if (words === null) return null;
    const facts = [
      ...codes.map(([, code]) => factWord(code)),
      ...(policies === null ? [] : [`(${policies.map(factWord).join(' OR ')})`]),
      ...(action === undefined ? [] : [actionWord(action)]),
    ];
    const query = facts.length === 0 ? words : `${words} AND facts : (${facts.join(' AND ')})`;
    put('review_text MATCH :query', { query });
    const tables = 'review_text CROSS JOIN review_find x ON x.seq = review_text.rowid';
    return {
      sql: `SELECT x.seq FROM ${tables} WHERE ${conditions.join(' AND ')} ORDER BY review_text.rowid DESC`,
      bound,
    };
  }
  if (action === 'escalate') put('x.actions >= 8', {});
  else if (action !== undefined) put('x.actions & :action', { action: ACTION_BIT[action] });
  for (const [key, code] of codes) put(`x.${NAMED[key]} = :${key}`, { [key]: code });
  const found = (from: string, also: readonly string[]): string => {
    const all = [...also, ...conditions];
    return `SELECT x.seq, x.at FROM review_find x INDEXED BY ${from}${all.length === 0 ? '' : ` WHERE ${all.join(' AND ')}`}`;
  };
  const index = indexFor(filter);
  // each policy's list is in order in the index, and SQLite merges them without sorting what they hold
  const parts =
    policies === null
      ? [found(index, [])]
      : index === BY_POLICY
        ? policies.map((code) => found(index, [`x.policy = ${code}`]))
        : [found(index, [`x.policy IN (${policies.join(', ')})`])];
  const [one = '', ...more] = parts;
  return {
    sql:
      more.length === 0
        ? `${one} ORDER BY x.at DESC, x.seq DESC`
        : `${parts.join(' UNION ALL ')} ORDER BY 2 DESC, 1 DESC`,
    bound,
  };
}

/** The codes of the policy a filter names and of all below it; null when it names none. */
function policiesOf(db: Database, { policy }: DecisionFilter): number[] | null {
  if (policy === undefined) return null;
  const ids = withBelow(
    listLibraries(db).map(({ library }) => library),
    policy,
  );
  return ids.flatMap((id) => codeOf(db, id) ?? []);
}

/** The codes of what a filter names; null when one of them is unknown, so that nothing can match. */
function codesOf(db: Database, filter: DecisionFilter): (readonly [Named, number])[] | null {
  const codes: (readonly [Named, number])[] = [];
  for (const [key, value] of Object.entries(filter)) {
    if (!isNamed(key) || typeof value !== 'string') continue;
    const code = codeOf(db, value);
    if (code === null) return null;
    codes.push([key, code]);
  }
  return codes;
}

/** The index of the condition that leaves least, judged by what the conditions are. */
function indexFor({
  campaign,
  feed,
  requestId,
  itemId,
  authorId,
  state,
  action,
  ...filter
}: DecisionFilter): string {
  if ((campaign !== undefined && feed !== undefined) || requestId !== undefined) return 'review_find_feed';
  if (itemId !== undefined || authorId !== undefined) return 'review_find_item';
  if (state === 'reversed') return 'review_find_reversed';
  if (action === 'escalate') return 'review_find_escalated';
  if (filter.person !== undefined) return 'review_find_person';
  if (filter.policy !== undefined) return BY_POLICY;
  if (filter.verdict !== undefined) return 'review_find_verdict';
  return campaign === undefined ? 'review_find_at' : 'review_find_campaign';
}
