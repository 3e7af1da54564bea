import type { Database } from 'better-sqlite3';
import { z } from 'zod';
import { RequestRow, type RequestQuery, type RequestSort } from '../../../shared/contract/replay.ts';
import type { RequestOutcome } from '../../../shared/domain/replay/report.ts';

/** A replayed request as the workspace keeps it. */
export interface KeptRequest {
  readonly outcome: RequestOutcome;
  readonly userId: string;
  readonly requestedAt: string;
  /** Canonical JSON of the outcome. */
  readonly json: string;
}

const FLAG = { changed: 1, 'first changed': 2, labelled: 4 } as const;

/** The index that holds an order: `request_id` is the tie breaker of each. */
const ORDER: Record<RequestSort, { readonly index: string; readonly column: string }> = {
  requestId: { index: 'found', column: 'request_id' },
  candidates: { index: 'candidates', column: 'candidates' },
  overlap: { index: 'overlap', column: 'overlap' },
  rbo: { index: 'rbo', column: 'rbo' },
  largestMove: { index: 'largest_move', column: 'largest_move' },
  ndcgDifference: { index: 'ndcg_difference', column: 'ndcg_difference' },
  labelledDifference: { index: 'labelled_difference', column: 'labelled_difference' },
};

/** Up to so many finds are sorted as a list of their own; more are picked while walking the sorted index. */
const FEW = 20_000;

/** Keeps the outcomes of a replay; to be called inside a transaction. */
export function keepRequests(db: Database, replayId: string, requests: readonly KeptRequest[]): void {
  const insert = db.prepare(`
    INSERT INTO replay_request (replay_id, request_id, user_id, requested_at, candidates, overlap, rbo, first_changed,
      largest_move, ndcg_baseline, ndcg_candidate, labelled_baseline, labelled_candidate, outcome,
      ndcg_difference, labelled_difference, flags)
    VALUES (:replayId, :requestId, :userId, :requestedAt, :candidates, :overlap, :rbo, :firstChanged, :largestMove,
      :ndcgBaseline, :ndcgCandidate, :labelledBaseline, :labelledCandidate, :json, :ndcgDifference,
      :labelledDifference, :flags)`);
  for (const { outcome, userId, requestedAt, json } of requests) {
    const { requestId, candidates, overlap, rbo, firstChanged, largestMove, ndcg, labelled } = outcome;
    insert.run({
      replayId,
      requestId: idValue(requestId),
      userId,
      requestedAt,
      candidates,
      overlap,
      rbo,
      firstChanged: firstChanged ? 1 : 0,
      largestMove,
      ndcgBaseline: ndcg?.baseline ?? null,
      ndcgCandidate: ndcg?.candidate ?? null,
      labelledBaseline: labelled.baseline,
      labelledCandidate: labelled.candidate,
      json,
      ndcgDifference: ndcg === null ? null : ndcg.candidate - ndcg.baseline,
      labelledDifference: labelled.candidate - labelled.baseline,
      flags: flags(outcome),
    });
  }
}

/** How many requests of a replay are kept: the first so many, because they are kept in their order. */
export function keptCount(db: Database, replayId: string): number {
  const count = db.prepare('SELECT count(*) FROM replay_request WHERE replay_id = ?').pluck();
  return Count.parse(count.get(replayId));
}

export function dropRequests(db: Database, replayId: string): void {
  db.prepare('DELETE FROM replay_request WHERE replay_id = ?').run(replayId);
}

/** One page of a replay's requests in the wanted order. Requests without nDCG come first ascending, last descending. */
export function pageOfRequests(
  db: Database,
  query: RequestQuery,
): { total: number; offset: number; rows: RequestRow[] } {
  const { replayId, search, only, offset, limit } = query;
  const wanted = only === 'all' ? '' : `AND f.flags & ${FLAG[only]}`;
  const found = search === '' ? '' : 'AND (instr(f.request_id, :search) OR instr(f.user_id, :search))';
  const total = Count.parse(
    db
      .prepare(
        `SELECT count(*) FROM replay_request f INDEXED BY replay_request_found WHERE f.replay_id = :replayId ${wanted} ${found}`,
      )
      .pluck()
      .get(search === '' ? { replayId } : { replayId, search }),
  );
  const { index, column } = ORDER[query.sort];
  // The nearer end is walked, so that no page skips more than half of the index.
  const turned = search === '' && offset > total / 2;
  const skip = turned ? Math.max(0, total - offset - limit) : offset;
  const take = turned ? Math.min(limit, Math.max(0, total - offset)) : limit;
  const direction = query.descending !== turned ? 'DESC' : 'ASC';
  const order = column === 'request_id' ? [column] : [column, 'request_id'];
  const by = (table: string): string => order.map((name) => `${table}.${name} ${direction}`).join(', ');
  const walk = `FROM replay_request f INDEXED BY replay_request_${index}
    WHERE f.replay_id = :replayId ${wanted} ${found} ORDER BY ${by('f')}`;
  const few = `FROM replay_request f INDEXED BY replay_request_found
    CROSS JOIN replay_request r ON r.replay_id = f.replay_id AND r.request_id = f.request_id
    WHERE f.replay_id = :replayId ${wanted} ${found} ORDER BY ${by('r')}`;
  const ids = db
    .prepare<[object], bigint | string>(
      `SELECT f.request_id ${search !== '' && total <= FEW ? few : walk} LIMIT :take OFFSET :skip`,
    )
    .pluck()
    .safeIntegers()
    .all({ replayId, take, skip, ...(search === '' ? {} : { search }) });
  const row = db.prepare<[string, bigint | string]>(
    'SELECT user_id, requested_at, outcome FROM replay_request WHERE replay_id = ? AND request_id = ?',
  );
  const rows = ids.map((id) => requestRow(row.get(replayId, id)));
  return { total, offset, rows: turned ? rows.toReversed() : rows };
}

const Count = z.int().nonnegative();
const OutcomeRow = RequestRow.omit({ userId: true, requestedAt: true });
const Stored = z.object({ user_id: z.string(), requested_at: z.string(), outcome: z.string() });

function requestRow(value: unknown): RequestRow {
  const { user_id: userId, requested_at: requestedAt, outcome } = Stored.parse(value);
  return { ...OutcomeRow.parse(JSON.parse(outcome)), userId, requestedAt };
}

/** Whole numbers sort as numbers; what does not spell one in its only form stays text. */
function idValue(id: string): bigint | string {
  return /^(?:0|-?[1-9]\d{0,17})$/.test(id) ? BigInt(id) : id;
}

function flags({ overlap, largestMove, firstChanged, labelled }: RequestOutcome): number {
  const changed = overlap < 1 || largestMove > 0;
  return (
    (changed ? FLAG.changed : 0) |
    (firstChanged ? FLAG['first changed'] : 0) |
    (labelled.baseline + labelled.candidate > 0 ? FLAG.labelled : 0)
  );
}
