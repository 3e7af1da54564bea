import type Database from 'better-sqlite3';
import * as fc from 'fast-check';
import { beforeEach, describe, expect, test } from 'vitest';
import { createWorkspaceFile } from '../../../electron/database/workspace/file.ts';
import {
  keepRequests,
  pageOfRequests,
  type KeptRequest,
} from '../../../electron/database/workspace/replay-requests.ts';
import { RequestSort, type RequestQuery } from '../../../shared/contract/replay.ts';

const outcome = fc.record({
  candidates: fc.integer({ min: 1, max: 5 }),
  overlap: fc.constantFrom(0, 0.5, 1),
  rbo: fc.double({ min: 0, max: 1, noNaN: true }),
  firstChanged: fc.boolean(),
  largestMove: fc.integer({ min: 0, max: 3 }),
  ndcg: fc.option(
    fc.record({ baseline: fc.constantFrom(0, 0.25, 1), candidate: fc.constantFrom(0, 0.5, 1) }),
  ),
  labelled: fc.record({
    baseline: fc.integer({ min: 0, max: 2 }),
    candidate: fc.integer({ min: 0, max: 2 }),
  }),
});
function outcomeAt<Value>(values: readonly Value[], at: number): Value {
  const value = values[at];
  if (value === undefined) throw new Error(`no value at ${at}`);
  return value;
}

const requests = fc
  .tuple(
    fc.uniqueArray(fc.integer({ min: 0, max: 500 }), { maxLength: 40 }),
    fc.array(outcome, { minLength: 40, maxLength: 40 }),
  )
  .map(([ids, outcomes]) =>
    ids.map((id, at): KeptRequest => {
      const own = {
        requestId: String(id),
        baseline: ['a'],
        candidate: ['b'],
        ...outcomeAt(outcomes, at),
      };
      return {
        outcome: own,
        userId: `user ${id % 7}`,
        requestedAt: '2026-01-01T00:00:00Z',
        json: JSON.stringify(own),
      };
    }),
  );

let db: Database.Database;

beforeEach(() => {
  db = createWorkspaceFile(':memory:');
  db.exec(`
    INSERT INTO release VALUES ('r', 'n', '1', 'us', '{}', 't', 1, 1, 'draft');
    INSERT INTO snapshot VALUES ('d', '/p', '{}', 't');
    INSERT INTO replay (id, snapshot_digest, baseline_digest, candidate_digest, settings, state, created_at, requests)
      VALUES ('one', 'd', 'r', 'r', '{}', 'running', 't', 0), ('two', 'd', 'r', 'r', '{}', 'running', 't', 0);`);
});

const query = (change: Partial<RequestQuery>): RequestQuery => ({
  replayId: 'one',
  sort: 'requestId',
  descending: false,
  search: '',
  only: 'all',
  offset: 0,
  limit: 500,
  ...change,
});

/** The value a sort looks at; SQLite holds null for less than any number. */
function sortValue(
  { outcome: { requestId, ndcg, labelled, ...rest } }: KeptRequest,
  sort: RequestSort,
): number {
  if (sort === 'requestId') return Number(requestId);
  if (sort === 'ndcgDifference') return ndcg === null ? -Infinity : ndcg.candidate - ndcg.baseline;
  if (sort === 'labelledDifference') return labelled.candidate - labelled.baseline;
  return rest[sort];
}

function sorted(kept: readonly KeptRequest[], sort: RequestSort, descending: boolean): string[] {
  const ascending = kept.toSorted((a, b) => {
    const [x, y] = [sortValue(a, sort), sortValue(b, sort)];
    return x === y ? Number(a.outcome.requestId) - Number(b.outcome.requestId) : x - y;
  });
  return (descending ? ascending.toReversed() : ascending).map(({ outcome: { requestId } }) => requestId);
}

describe('a page of requests', () => {
  test('is the same part of the sorted list, whatever the sort, direction and place', () => {
    fc.assert(
      fc.property(
        requests,
        fc.constantFrom(...RequestSort.options),
        fc.boolean(),
        fc.nat(45),
        fc.integer({ min: 1, max: 20 }),
        (kept, sort, descending, offset, limit) => {
          db.exec('DELETE FROM replay_request');
          keepRequests(db, 'one', kept);
          keepRequests(db, 'two', kept);
          const page = pageOfRequests(db, query({ sort, descending, offset, limit }));
          expect(page.total).toBe(kept.length);
          expect(page.rows.map(({ requestId }) => requestId)).toEqual(
            sorted(kept, sort, descending).slice(offset, offset + limit),
          );
        },
      ),
    );
  });

  test('holds what the filter and the search let through, and counts it', () => {
    fc.assert(
      fc.property(
        requests,
        fc.constantFrom('all' as const, 'changed' as const, 'first changed' as const, 'labelled' as const),
        fc.constantFrom('', '1', 'user 3'),
        fc.constantFrom(...RequestSort.options),
        (kept, only, search, sort) => {
          db.exec('DELETE FROM replay_request');
          keepRequests(db, 'one', kept);
          const lets = ({
            outcome: { requestId, overlap, largestMove, firstChanged, labelled },
            userId,
          }: KeptRequest): boolean => {
            if (!requestId.includes(search) && !userId.includes(search)) return false;
            if (only === 'changed') return overlap < 1 || largestMove > 0;
            if (only === 'first changed') return firstChanged;
            return only === 'all' || labelled.baseline + labelled.candidate > 0;
          };
          const page = pageOfRequests(db, query({ only, search, sort }));
          const wanted = sorted(kept.filter(lets), sort, false);
          expect(page.rows.map(({ requestId }) => requestId)).toEqual(wanted);
          expect(page.total).toBe(wanted.length);
        },
      ),
    );
  });

  test('carries the outcome as it was, without the lists', () => {
    fc.assert(
      fc.property(requests, (kept) => {
        db.exec('DELETE FROM replay_request');
        keepRequests(db, 'one', kept);
        for (const row of pageOfRequests(db, query({})).rows) {
          const request = kept.find(({ outcome: { requestId } }) => requestId === row.requestId);
          const { baseline: _a, candidate: _b, ...rest } = request?.outcome ?? {};
          expect(row).toEqual({ ...rest, userId: request?.userId, requestedAt: request?.requestedAt });
        }
      }),
    );
  });

  test.each(RequestSort.options)('sorted by %s is read from an index alone, without sorting', (sort) => {
    const column = {
      requestId: 'request_id',
      candidates: 'candidates',
      overlap: 'overlap',
      rbo: 'rbo',
      largestMove: 'largest_move',
      ndcgDifference: 'ndcg_difference',
      labelledDifference: 'labelled_difference',
    }[sort];
    const index = sort === 'requestId' ? 'found' : column;
    const plan = db
      .prepare<[], { detail: string }>(
        `EXPLAIN QUERY PLAN SELECT request_id FROM replay_request INDEXED BY replay_request_${index}
         WHERE replay_id = 'one' AND flags & 1 ORDER BY ${sort === 'requestId' ? column : `${column}, request_id`} LIMIT 100`,
      )
      .all()
      .map(({ detail }) => detail);
    expect(plan).toEqual([expect.stringContaining(`COVERING INDEX replay_request_${index} `)]);
  });
});
