import { describe, expect, it } from 'vitest';
import { HeadReport, Measure } from '../../../../shared/domain/replay/report.ts';
import type { Shown } from '../../../../shared/domain/replay/outcome.ts';
import { ReplayTally } from '../../../../shared/domain/replay/tally.ts';
import { workOut } from '../../../../shared/domain/replay/worked-out.ts';

/** A request of which feeds show the items named by letters; `labelled` of them carry a label. */
function shown(baseline: string, candidate: string, labelled: [number, number] = [0, 0]): Shown {
  return {
    baseline: baseline.split(''),
    candidate: candidate.split(''),
    labelled: { baseline: labelled[0], candidate: labelled[1] },
  };
}
const DEPTH = 1;
const rows = (tally: ReplayTally, items = 10) =>
  new Map(tally.measures(items).map((measure) => [measure.id, Measure.parse(measure)]));

describe('figures of a whole replay', () => {
  it('take the users whose feeds hold most labelled items on the mean', () => {
    const tally = new ReplayTally(DEPTH);
    for (let user = 0; user < 19; user += 1) tally.add(shown('ab', 'ab'), `u${user}`, 0);
    tally.add(shown('ab', 'ab', [2, 0]), 'hurt', 0);
    tally.add(shown('ab', 'ab', [0, 0]), 'hurt', 0);
    // Of twenty users the worst two are (1 + 0) / 2 and 0.
    expect(rows(tally).get('worst_decile')).toMatchObject({ baseline: 0.25, candidate: 0, requests: 21 });
  });

  it('say nothing of harm where nothing is labelled', () => {
    const tally = new ReplayTally(DEPTH);
    tally.add(shown('ab', 'ab'), 'u', 0);
    expect(rows(tally).get('worst_decile')).toMatchObject({ baseline: null, difference: null, requests: 0 });
  });

  it('count each item once for the coverage of the catalogue', () => {
    const tally = new ReplayTally(DEPTH);
    tally.add(shown('abc', 'ab'), 'u', 0);
    tally.add(shown('abd', 'ab'), 'v', 0);
    expect(rows(tally, 8).get('catalogue_coverage')).toMatchObject({ baseline: 0.5, candidate: 0.25 });
  });

  it('share exposure out among authors, those never shown included', () => {
    const tally = new ReplayTally(DEPTH);
    tally.add(shown('a', 'a'), 'u', 0);
    const [x, y] = [0, 1];
    tally.addAuthors(
      { authors: ['x', 'y'], baseline: Int32Array.of(x, x), candidate: Int32Array.of(x, y) },
      [0, 1],
    );
    expect(rows(tally).get('author_gini')).toMatchObject({ baseline: 0.5, candidate: 0 });
    expect(rows(tally).get('author_top_share')).toMatchObject({ baseline: 1, candidate: 0.5 });
    const whole = rows(tally);
    tally.addAuthors(
      { authors: ['y', 'x'], baseline: Int32Array.of(y, y), candidate: Int32Array.of(x, y) },
      [2, 3],
    );
    expect(rows(tally)).toEqual(whole);
  });

  it('count nobody where no author is named or the feed has ended', () => {
    const tally = new ReplayTally(2);
    tally.add(shown('a', 'a'), 'u', 0);
    tally.addAuthors(
      { authors: ['x'], baseline: Int32Array.of(0, -1), candidate: Int32Array.of(-1, -1) },
      [0],
    );
    expect(rows(tally).get('author_top_share')).toMatchObject({ baseline: null, requests: 0 });
  });

  it('leave authors out where none is known', () => {
    expect(rows(new ReplayTally(DEPTH)).has('author_gini')).toBe(false);
  });

  it('hold each head against what was observed, by name, and only where both rankers have it', () => {
    const tally = new ReplayTally(DEPTH);
    tally.add(shown('a', 'a'), 'u', 0);
    const of = (side: 'baseline' | 'candidate', head: string, ...predicted: number[]) => ({
      ...{ head, side, predicted: Float32Array.from(predicted), observed: Float32Array.of(0, 1, 1) },
      ends: Uint32Array.of(3),
    });
    tally.addHeads([of('baseline', 'like', 0.9, 0.5, 0.1), of('candidate', 'like', 0.1, 0.5, 0.9)], [0]);
    tally.addHeads([of('baseline', 'hate', 0, 1, 1)], [0]);
    const measures = rows(tally);
    expect(measures.get('auc:like')).toMatchObject({ baseline: 0, candidate: 1, difference: 1 });
    expect(measures.get('auc:hate')).toMatchObject({ baseline: null, candidate: null, requests: 0 });
    expect([...measures.keys()].filter((id) => id.startsWith('auc'))).toEqual(['auc:hate', 'auc:like']);
    const [hate, like] = tally.heads().map((head) => HeadReport.parse(head));
    expect(hate?.observations).toEqual({ baseline: 3, candidate: 0 });
    expect(like?.reliability.candidate[7]).toEqual({ count: 1, predicted: 0.5, observed: 1 });
  });

  it('come with intervals that name how they were made, where they are asked for', () => {
    const tally = new ReplayTally(DEPTH);
    for (let request = 0; request < 64; request += 1) {
      tally.add(shown('ab', 'bc'), `u${request}`, request);
      tally.addHeads(
        [
          {
            ...{ head: 'like', side: 'candidate', ends: Uint32Array.of(2) },
            ...{ predicted: Float32Array.of(0.2, 0.7), observed: Float32Array.of(0, 1) },
          },
          {
            ...{ head: 'like', side: 'baseline', ends: Uint32Array.of(2) },
            ...{ predicted: Float32Array.of(0.2, 0.7), observed: Float32Array.of(request < 32 ? 0 : 1, 1) },
          },
        ],
        [request],
      );
    }
    const found = new Map(tally.measures(10, workOut(tally.toWorkOut(1))).map((row) => [row.id, row]));
    expect(found.get('auc:like')?.intervals).toMatchObject({ method: 'delete-a-group jackknife' });
    expect(found.get('auc:like')?.intervals?.difference?.lower).toBeGreaterThan(0);
    expect(found.get('auc:like')).toMatchObject({ test: 'group randomisation' });
    expect(found.get('auc:like')?.p).toBeLessThan(0.05);
    // Each ranker shows one item the other does not, whatever is swapped.
    expect(found.get('catalogue_coverage')?.p).toBeNull();
    expect(found.get('catalogue_coverage')?.intervals?.method).toBe('incidence variance');
    expect(tally.measures(10).every(({ intervals }) => intervals === undefined)).toBe(true);
    const [like] = tally.heads(true);
    expect(like?.reliability.baseline[3]?.interval?.lower).toBeGreaterThan(0);
    // All or none came true: how sure that is cannot be told from these requests.
    expect(like?.reliability.candidate[3]?.interval).toBeNull();
  });
});
