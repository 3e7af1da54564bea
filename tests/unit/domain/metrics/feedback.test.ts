import { describe, expect, it } from 'vitest';
import { judgementsOf, observedRows } from '../../../../shared/domain/metrics/feedback.ts';
import type { Signal } from '../../../../shared/domain/snapshot/meta.ts';

const signal = (name: string, kind: Signal['kind'], polarity: Signal['polarity']): Signal => ({
  name,
  kind,
  polarity,
  description: '',
});
const signals = [
  signal('like', 'binary', 1),
  signal('follow', 'binary', 1),
  signal('hate', 'binary', -1),
  signal('play_ms', 'amount', 1),
  signal('comment', 'binary', 0),
];
const judge = (...row: number[]) => {
  const { relevance, negative } = judgementsOf(Float32Array.from(row), signals, 1);
  return { relevance: relevance[0], negative: negative[0] };
};

it('is observed of the candidates whose row holds any value, 0 among them', () => {
  const feedback = Float32Array.of(NaN, NaN, 0, NaN, NaN, NaN, NaN, 3);
  expect([...observedRows(feedback, 2)]).toEqual([1, 3]);
  expect([...observedRows(new Float32Array(), 0)]).toEqual([]);
});

describe('what feedback says of a candidate', () => {
  it('counts the kinds of positive binary feedback', () => {
    expect(judge(1, 1, 0, 9000, 0)).toEqual({ relevance: 2, negative: 0 });
    expect(judge(0.4, 0.5, 0, 0, 0)).toEqual({ relevance: 1, negative: 0 });
  });

  it('is 0 as soon as any negative feedback was given', () => {
    expect(judge(1, 1, 1, 0, 0)).toEqual({ relevance: 0, negative: 1 });
  });

  it('lets amounts and neutral signals say nothing', () => {
    expect(judge(NaN, NaN, NaN, 60000, 1)).toEqual({ relevance: NaN, negative: NaN });
  });

  it('takes NaN as not observed, never as a no', () => {
    expect(judge(1, NaN, NaN, NaN, NaN)).toEqual({ relevance: 1, negative: NaN });
    expect(judge(NaN, NaN, 0, NaN, NaN)).toEqual({ relevance: 0, negative: 0 });
  });

  it('reads each candidate’s own row, and any of several negative signals', () => {
    const two = [signal('hate', 'binary', -1), signal('report', 'binary', -1)];
    const { negative } = judgementsOf(Float32Array.of(1, 0, 0, 1, 0, 0), two, 3);
    expect([...negative]).toEqual([1, 1, 0]);
  });
});
