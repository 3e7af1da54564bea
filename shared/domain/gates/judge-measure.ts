import { titleOf } from '../replay/definitions.ts';
import { leastPOf } from '../replay/least-p.ts';
import type { ReplayReport, SliceMeasure } from '../replay/report.ts';
import { holm } from '../statistics/significance.ts';
import { finite, judged, type Judged } from './judged.ts';
import { missingFigure, missingMeasure } from './missing.ts';
import type { FactGate, GateRules, MeasureGate } from './rules.ts';
import type { GateResult } from './verdict.ts';

const SUBJECT = {
  difference: 'the candidate minus the baseline',
  candidate: 'the candidate',
  baseline: 'the baseline',
} as const;
const OPERATION = {
  lt: { words: 'less than', holds: (measured: number, threshold: number) => measured < threshold },
  lte: { words: 'at most', holds: (measured: number, threshold: number) => measured <= threshold },
  gt: { words: 'more than', holds: (measured: number, threshold: number) => measured > threshold },
  gte: { words: 'at least', holds: (measured: number, threshold: number) => measured >= threshold },
} as const;

const END = { lower: 'the lower end', upper: 'the upper end' } as const;

export function judgeMeasure(gate: MeasureGate, report: ReplayReport | null): Judged {
  const { measure: id, slice, on, op, threshold, judged_on: end } = gate;
  const found = measureOf(gate, report);
  const { words, holds } = OPERATION[op];
  const where = slice === undefined ? '' : ` where ${sliceWords(slice)}`;
  const title = ('figures' in found ? found.title : null) ?? titleOf(id) ?? id;
  const rule = `${title} of ${SUBJECT[on]}${where} is ${words} ${signed(threshold)}`;
  const figures = 'figures' in found ? found.figures : undefined;
  const interval = figures?.intervals?.[on];
  const missing = 'missing' in found ? found.missing : missingFigure(gate, found.figures, report);
  return {
    rule: end === 'point' ? rule : `${rule}, judged on ${END[end]} of its 95 % interval`,
    threshold,
    ...judged(
      finite(end === 'point' ? figures?.[on] : interval?.[end]),
      (measured) => holds(measured, threshold),
      missing,
    ),
    ...('unit' in found ? { unit: found.unit } : {}),
    ...(interval === undefined ? {} : { interval }),
  };
}

type Found =
  | { readonly figures: SliceMeasure; readonly title: string; readonly unit: string }
  | { readonly missing: string };

/** The measure of the whole replay or of the slice a gate is about, or why there is none that can be relied on. */
function measureOf({ measure: id, slice }: MeasureGate, report: ReplayReport | null): Found {
  const whole = report?.measures.find((row) => row.id === id);
  if (whole === undefined) return { missing: missingMeasure(id, report) };
  const { title, unit } = whole;
  if (slice === undefined) return { figures: whole, title, unit };
  const wanted = Object.entries(slice);
  const by = wanted.map(([attribute]) => attribute).join(' and ');
  const table = report?.slices?.find(
    ({ by }) => by.length === wanted.length && wanted.every(([attribute]) => by.includes(attribute)),
  );
  if (table === undefined) return { missing: `The replay is not sliced by ${by}; replay it sliced so.` };
  const found = table.slices.find(({ values }) => table.by.every((name, at) => slice[name] === values[at]));
  if (found === undefined)
    return {
      missing: `No slice of the replay has ${sliceWords(slice)}; correct the value, or replay more requests.`,
    };
  if (found.small)
    return {
      missing: `The slice holds ${found.requests} requests, too few to be relied on; replay more requests.`,
    };
  const figures = found.measures.find((row) => row.id === id);
  return figures === undefined
    ? { missing: 'The measure is not told by slice; judge the whole replay by it.' }
    : { figures, title, unit };
}

type CorrectedP = Pick<GateResult, 'p' | 'pAtMost'>;

/**
 * The p value of each gate on a tested difference, corrected for how many such gates there are. It is an upper bound
 * where the p value it comes from is the least its draws can show.
 */
export function correctedPValues(
  rules: GateRules,
  report: ReplayReport | null,
): ReadonlyMap<MeasureGate | FactGate, CorrectedP> {
  const tested = rules.gates.flatMap((gate) => {
    if (!('measure' in gate) || gate.on !== 'difference') return [];
    const found = measureOf(gate, report);
    const figures = 'figures' in found ? found.figures : null;
    return typeof figures?.p === 'number' ? [{ gate, p: figures.p, least: leastPOf(figures) !== null }] : [];
  });
  const corrected = holm(tested.map(({ p }) => p));
  const bounds = tested.map(({ p, least }, at) => ({ p, least, corrected: corrected[at] ?? 1 }));
  return new Map(
    tested.map(({ gate }, at) => {
      const p = corrected[at] ?? 1;
      return [gate, isBound(bounds, at) ? { p, pAtMost: true } : { p }];
    }),
  );
}

interface Bound {
  readonly p: number;
  readonly least: boolean;
  readonly corrected: number;
}

/** Holm's step carries the largest corrected p value on: the first gate that has it is the one it comes from. */
function isBound(bounds: readonly Bound[], at: number): boolean {
  const { corrected } = bounds[at] ?? { corrected: NaN };
  const from = bounds.filter((bound) => bound.corrected === corrected).toSorted((a, b) => a.p - b.p)[0];
  return from?.least === true;
}

/** For example "user.region is CA and request.surface is for_you". */
function sliceWords(slice: Readonly<Record<string, string>>): string {
  return Object.entries(slice)
    .map(([attribute, value]) => `${attribute} is ${value}`)
    .join(' and ');
}

/** With the typographic minus sign. */
function signed(value: number): string {
  return value < 0 ? `−${-value}` : `${value}`;
}
