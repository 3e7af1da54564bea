import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { rankRequest } from '../../../../shared/domain/ranking/rank.ts';
import type { RankingRequest } from '../../../../shared/domain/ranking/request.ts';
import { depthsOf } from '../../../../shared/domain/replay/depths.ts';
import { MeasureAccumulator } from '../../../../shared/domain/replay/measures.ts';
import { compareFeeds, type ComparedRequest } from '../../../../shared/domain/replay/outcome.ts';
import { Measure, RequestOutcome } from '../../../../shared/domain/replay/report.ts';
import type { Signal } from '../../../../shared/domain/snapshot/meta.ts';
import {
  candidate,
  drawnRequest,
  outputs,
  POLICY,
  rankable,
  request,
  scorePolicy,
  type Drawn,
} from '../ranking/fixture.ts';

const signals: Signal[] = [
  { name: 'like', kind: 'binary', polarity: 1, description: '' },
  { name: 'hate', kind: 'binary', polarity: -1, description: '' },
];

/** Compares the feeds of two lists of scores for the same candidates; `feedback` is one [like, hate] per candidate. */
function compare(
  asked: RankingRequest,
  before: number[],
  after: number[],
  feedback: [number, number][],
  topK = 5,
): ComparedRequest {
  const policy = scorePolicy('filters: [{name: gore, when: {label: {any_of: [gore]}}}]');
  return compareFeeds({
    request: { ...asked, feedback: Float32Array.from(feedback.flat()) },
    signals,
    baseline: rankRequest(policy, asked, outputs({ x: before }), 'text'),
    candidate: rankRequest(policy, asked, outputs({ x: after }), 'text'),
    topK,
  });
}

function measured(topK: number, ...compared: ComparedRequest[]): Map<string, Measure> {
  const accumulator = new MeasureAccumulator(topK);
  for (const one of compared) accumulator.add(one);
  return new Map(accumulator.measures().map((measure) => [measure.id, Measure.parse(measure)]));
}

const three = request(candidate('a', { labels: ['spam'] }), candidate('b'), candidate('c'));
const turned = compare(
  three,
  [3, 2, 1],
  [1, 2, 3],
  [
    [1, 0],
    [0, 0],
    [0, 1],
  ],
  2,
);
const untouched = compare(
  three,
  [3, 2, 1],
  [3, 2, 1],
  [
    [1, 0],
    [0, 0],
    [0, 1],
  ],
  2,
);

describe('the depths of a replay', () => {
  it('are 5, 10 and 20 where top k reaches them, and top k', () => {
    expect(depthsOf(20)).toEqual([5, 10, 20]);
    expect(depthsOf(50)).toEqual([5, 10, 20, 50]);
    expect(depthsOf(12)).toEqual([5, 10, 12]);
    expect(depthsOf(3)).toEqual([3]);
  });
});

describe('the outcome of a request', () => {
  it('tells what differs', () => {
    expect(RequestOutcome.parse(turned.outcome)).toEqual({
      requestId: 'r1',
      candidates: 3,
      baseline: ['a', 'b'],
      candidate: ['c', 'b'],
      overlap: 1 / 2,
      rbo: turned.outcome.rbo,
      firstChanged: true,
      largestMove: 0,
      ndcg: { baseline: 1, candidate: 0 },
      labelled: { baseline: 1, candidate: 0 },
    });
    // Agreement 0 at depth 1, 1/2 at depth 2 and so on beyond: (1−p)·p·½ + p²·½.
    expect(turned.outcome.rbo).toBeCloseTo(0.1 * 0.9 * 0.5 + 0.81 * 0.5, 12);
  });

  it('is cut at the policy’s own top_k where that is shorter', () => {
    const eight = request(...'abcdefgh'.split('').map((id) => candidate(id)));
    const scores = [8, 7, 6, 5, 4, 3, 2, 1];
    const { outcome } = compare(
      eight,
      scores,
      scores,
      scores.map(() => [NaN, NaN]),
      20,
    );
    expect(outcome.baseline).toEqual(['a', 'b', 'c', 'd', 'e']);
    expect(outcome.overlap).toBe(1);
    expect(outcome.ndcg).toBeNull();
  });

  it('of a ranker against itself differs by nothing', () => {
    fc.assert(
      fc.property(drawnRequest, (drawn) => {
        const { request: asked, outputs: given } = rankable(drawn);
        const ranking = rankRequest(POLICY, asked, given, 'integer');
        const feedback = Float32Array.from(
          drawn.flatMap(({ like, hate }) => [Math.round(like), hate > 0 ? 1 : 0]),
        );
        const compared = compareFeeds({
          request: { ...asked, feedback },
          signals,
          baseline: ranking,
          candidate: ranking,
          topK: 20,
        });
        expect(compared.outcome).toMatchObject({ overlap: 1, rbo: 1, firstChanged: false, largestMove: 0 });
        for (const { id, baseline, candidate, difference } of measured(20, compared).values()) {
          if (!/^(overlap|rbo|kendall_tau|first_changed|largest_move|mean_move)/.test(id)) {
            expect(candidate).toBe(baseline);
            expect(difference).toBe(baseline === null ? null : 0);
          } else if (id === 'kendall_tau') expect(difference ?? 1).toBe(1);
          else expect(difference).toBe(id === 'rbo' || id.startsWith('overlap') ? 1 : 0);
        }
      }),
    );
  });
});

/** Both rankings of drawn candidates by `POLICY`: with their own heads, and with likes turned round. */
function turnedRound(drawn: readonly Drawn[]): ComparedRequest {
  const { request: asked, outputs: given } = rankable(drawn);
  const other = rankable(drawn.map((one) => ({ ...one, like: 1 - one.like }))).outputs;
  const feedback = Float32Array.from(drawn.flatMap(({ like, hate }) => [Math.round(like), hate > 0 ? 1 : 0]));
  return compareFeeds({
    request: { ...asked, feedback },
    signals,
    baseline: rankRequest(POLICY, asked, given, 'integer'),
    candidate: rankRequest(POLICY, asked, other, 'integer'),
    topK: 10,
  });
}

describe('every number of a request', () => {
  it('is the same whatever the items are called, as long as the order of their ids stays', () => {
    fc.assert(
      fc.property(drawnRequest, fc.integer({ min: 1, max: 1000 }), (drawn, shift) => {
        const renamed = drawn.map((one) => ({
          ...one,
          candidate: candidate(String(3 * Number(one.candidate.item.itemId) + shift), {
            inNetwork: one.candidate.inNetwork,
            authorId: one.candidate.item.authorId,
            labels: one.candidate.item.labels,
          }),
        }));
        expect(turnedRound(renamed).numbers).toEqual(turnedRound(drawn).numbers);
      }),
    );
  });

  it('of harm never falls when one more item of a feed is harmful', () => {
    const harms = /^(prevalence|any_labelled|labelled_exposure)@/;
    fc.assert(
      fc.property(drawnRequest, fc.nat(), (drawn, which) => {
        // Filters look at other labels than the one that is added, so both feeds stay.
        const more = drawn.map((one, at) =>
          at === which % drawn.length
            ? {
                ...one,
                candidate: {
                  ...one.candidate,
                  item: {
                    ...one.candidate.item,
                    labels: [...new Set([...one.candidate.item.labels, 'spam'])],
                  },
                },
              }
            : one,
        );
        const [before, after] = [measured(10, turnedRound(drawn)), measured(10, turnedRound(more))];
        for (const [id, { baseline, candidate }] of before) {
          if (!harms.test(id)) continue;
          expect(after.get(id)?.baseline ?? 0).toBeGreaterThanOrEqual(baseline ?? 0);
          expect(after.get(id)?.candidate ?? 0).toBeGreaterThanOrEqual(candidate ?? 0);
        }
      }),
    );
  });
});

describe('the measures of a replay', () => {
  it('are means over requests', () => {
    const rows = measured(2, turned, untouched);
    expect(rows.get('overlap@2')).toMatchObject({
      baseline: null,
      candidate: null,
      difference: 0.75,
      requests: 2,
    });
    expect(rows.get('first_changed')?.difference).toBe(0.5);
    expect(rows.get('ndcg@2')).toMatchObject({ baseline: 1, candidate: 0.5, difference: -0.5, requests: 2 });
    expect(rows.get('prevalence@2')).toMatchObject({ baseline: 0.5, candidate: 0.25, difference: -0.25 });
    expect(rows.get('negative_feedback@2')).toMatchObject({ baseline: 0, candidate: 0.25, difference: 0.25 });
  });

  it('stand in one order, labels by name', () => {
    const labelled = request(
      candidate('a', { labels: ['spam', 'any'] }),
      candidate('b', { labels: ['clickbait'] }),
    );
    const compared = compare(
      labelled,
      [1, 2],
      [1, 2],
      [
        [0, 0],
        [0, 0],
      ],
      7,
    );
    expect([...measured(7, compared).keys()].join(' ')).toBe(
      'overlap@5 overlap@7 rbo kendall_tau first_changed largest_move mean_move ndcg@5 ndcg@7 map@5 map@7 mrr ' +
        'precision@5 precision@7 recall@5 recall@7 prevalence@5 prevalence@7 prevalence@5:any prevalence@7:any ' +
        'prevalence@5:clickbait prevalence@7:clickbait prevalence@5:spam prevalence@7:spam ' +
        'any_labelled@5 any_labelled@7 labelled_exposure@5 labelled_exposure@7 ' +
        'negative_feedback@5 negative_feedback@7 in_network@5 in_network@7',
    );
  });

  it('count requests whose candidates lack a label as having none of it', () => {
    const bare = request(candidate('x'), candidate('y'));
    const rows = measured(
      2,
      turned,
      compare(
        bare,
        [2, 1],
        [2, 1],
        [
          [0, 0],
          [0, 0],
        ],
        2,
      ),
    );
    expect(rows.get('prevalence@2:spam')).toMatchObject({ baseline: 0.25, candidate: 0, requests: 2 });
    expect(rows.get('prevalence@2')).toMatchObject({ baseline: 0.25, candidate: 0, requests: 2 });
  });

  it('are null where there is no evidence', () => {
    const bare = request(candidate('x'), candidate('y'));
    const rows = measured(
      2,
      compare(
        bare,
        [2, 1],
        [1, 2],
        [
          [NaN, NaN],
          [NaN, NaN],
        ],
        2,
      ),
    );
    const none = { baseline: null, candidate: null, difference: null, requests: 0 };
    expect(rows.get('ndcg@2')).toMatchObject(none);
    expect(rows.get('prevalence@2')).toMatchObject(none);
    expect(rows.get('negative_feedback@2')).toMatchObject(none);
    for (const { difference } of measured(20).values()) expect(difference).toBeNull();
  });

  it('leave a request out where a filter emptied a feed', () => {
    const gone = request(candidate('x', { labels: ['gore'] }));
    const rows = measured(2, turned, compare(gone, [1], [1], [[1, 0]], 2));
    expect(rows.get('prevalence@2')?.requests).toBe(1);
    expect(rows.get('prevalence@2:gore')).toMatchObject({ difference: null, requests: 0 });
  });

  it('are those of clones that came from another thread', () => {
    expect(measured(2, structuredClone(turned), untouched)).toEqual(measured(2, turned, untouched));
  });
});
