import { describe, expect, it } from 'vitest';
import { HeadReport, Measure } from '../../../../shared/domain/replay/report.ts';
import type { Shown } from '../../../../shared/domain/replay/outcome.ts';
import { ReplayTally } from '../../../../shared/domain/replay/tally.ts';

/** A request of which feeds show the items named by letters; `labelled` of them carry a label. */
function shown(baseline: string, candidate: string, labelled: [number, number] = [0, 0]): Shown {
  return {
    baseline: baseline.split(''),
    candidate: candidate.split(''),
    labelled: { baseline: labelled[0], candidate: labelled[1] },
  };
}
const rows = (tally: ReplayTally, items = 10) =>
  new Map(tally.measures(items).map((measure) => [measure.id, Measure.parse(measure)]));

describe('figures of a whole replay', () => {
  it('take the users whose feeds hold most labelled items on the mean', () => {
    const tally = new ReplayTally();
    for (let user = 0; user < 19; user += 1) tally.add(shown('ab', 'ab'), `u${user}`);
    tally.add(shown('ab', 'ab', [2, 0]), 'hurt');
    tally.add(shown('ab', 'ab', [0, 0]), 'hurt');
    // Of twenty users the worst two are (1 + 0) / 2 and 0.
    expect(rows(tally).get('worst_decile')).toMatchObject({ baseline: 0.25, candidate: 0, requests: 21 });
  });

  it('say nothing of harm where nothing is labelled', () => {
    const tally = new ReplayTally();
    tally.add(shown('ab', 'ab'), 'u');
    expect(rows(tally).get('worst_decile')).toMatchObject({ baseline: null, difference: null, requests: 0 });
  });

  it('count each item once for the coverage of the catalogue', () => {
    const tally = new ReplayTally();
    tally.add(shown('abc', 'ab'), 'u');
    tally.add(shown('abd', 'ab'), 'v');
    expect(rows(tally, 8).get('catalogue_coverage')).toMatchObject({ baseline: 0.5, candidate: 0.25 });
  });

  it('share exposure out among authors, those never shown included', () => {
    const tally = new ReplayTally();
    tally.add(shown('a', 'a'), 'u');
    const exposure = { baseline: Float64Array.of(4, 0), candidate: Float64Array.of(2, 2) };
    tally.addAuthors({ authors: ['x', 'y'], ...exposure });
    expect(rows(tally).get('author_gini')).toMatchObject({ baseline: 0.5, candidate: 0 });
    expect(rows(tally).get('author_top_share')).toMatchObject({ baseline: 1, candidate: 0.5 });
    const whole = rows(tally);
    tally.addAuthors({
      authors: ['y', 'x'],
      baseline: Float64Array.of(0, 4),
      candidate: Float64Array.of(2, 2),
    });
    expect(rows(tally)).toEqual(whole);
  });

  it('leave authors out where none is known', () => {
    expect(rows(new ReplayTally()).has('author_gini')).toBe(false);
  });

  it('hold each head against what was observed, by name, and only where both rankers have it', () => {
    const tally = new ReplayTally();
    tally.add(shown('a', 'a'), 'u');
    const of = (side: 'baseline' | 'candidate', head: string, ...predicted: number[]) => ({
      ...{ head, side, predicted: Float32Array.from(predicted), observed: Float32Array.of(0, 1, 1) },
    });
    tally.addHeads([of('baseline', 'like', 0.9, 0.5, 0.1), of('candidate', 'like', 0.1, 0.5, 0.9)]);
    tally.addHeads([of('baseline', 'hate', 0, 1, 1)]);
    const measures = rows(tally);
    expect(measures.get('auc:like')).toMatchObject({ baseline: 0, candidate: 1, difference: 1 });
    expect(measures.get('auc:hate')).toMatchObject({ baseline: null, candidate: null, requests: 0 });
    expect([...measures.keys()].filter((id) => id.startsWith('auc'))).toEqual(['auc:hate', 'auc:like']);
    const [hate, like] = tally.heads().map((head) => HeadReport.parse(head));
    expect(hate?.observations).toEqual({ baseline: 3, candidate: 0 });
    expect(like?.reliability.candidate[7]).toEqual({ count: 1, predicted: 0.5, observed: 1 });
  });
});
