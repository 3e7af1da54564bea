import { titleOf } from '../replay/definitions.ts';
import type { Measure, ReplayReport, SliceMeasure } from '../replay/report.ts';
import { holm } from '../statistics/significance.ts';
import { judgeReview, type ReviewFacts } from './review-facts.ts';
import type { FactGate, GateRules, MeasureGate } from './rules.ts';
import type { GateResult, Verdict } from './verdict.ts';

/** What is known of a release when its gates are judged; null where nobody looked. */
export interface GateEvidence {
  readonly report: ReplayReport | null;
  readonly facts: {
    /** The bundle's files hash to the digest it was imported under. */
    readonly bundleIntact: boolean | null;
    /** Jurisdictions of every training data set, in any order; empty when none is stated. */
    readonly trainingJurisdictions: readonly string[];
    /** The model's features are the snapshot's, order included. */
    readonly featuresEqual: boolean | null;
    /** The model has every output that the policy names. */
    readonly headsComplete: boolean | null;
    /** Requests of the replay that were ranked again came out the same; left out or null where none was. */
    readonly replayExact?: boolean | null;
    readonly snapshotJurisdiction: string | null;
    readonly snapshotAgeDays: number | null;
    /** Left out or null where no review was held. */
    readonly review?: ReviewFacts | null;
  };
}

type Judged = Pick<GateResult, 'rule' | 'threshold' | 'measured' | 'verdict' | 'interval' | 'unit'>;

/** Judges each gate, in the order of the rules. Where evidence is missing the verdict says so; it never passes. */
export function judgeGates(rules: GateRules, evidence: GateEvidence): GateResult[] {
  const corrected = correctedPValues(rules, evidence.report);
  return rules.gates.map((gate) => {
    const { name, title, required, reason, owner } = gate;
    const judged = 'measure' in gate ? judgeMeasure(gate, evidence.report) : judgeFact(gate, evidence.facts);
    const correctedP = corrected.get(gate);
    return {
      ...{ name, title, required, reason, ...judged },
      ...(owner === undefined ? {} : { owner }),
      ...(correctedP === undefined ? {} : { p: correctedP }),
    };
  });
}

/** Gates as a replay judged them, those about the review judged anew by what it found meanwhile. */
export function withReview(
  rules: GateRules,
  gates: readonly GateResult[],
  review: ReviewFacts | null,
): GateResult[] {
  const asked = rules.gates.filter((gate) => 'fact' in gate && REVIEW.test(gate.fact));
  return gates.map((judged) => {
    const gate = asked.find(({ name }) => name === judged.name);
    if (gate === undefined || !('fact' in gate)) return judged;
    return Object.assign({}, judged, judgeFact(gate, { ...NO_FACTS, review }));
  });
}

const REVIEW = /^review_|^open_escalations$/;

const NO_FACTS: GateEvidence['facts'] = {
  bundleIntact: null,
  trainingJurisdictions: [],
  featuresEqual: null,
  headsComplete: null,
  snapshotJurisdiction: null,
  snapshotAgeDays: null,
};

/** The p value of each gate on a tested difference, corrected for how many such gates there are. */
function correctedPValues(
  rules: GateRules,
  report: ReplayReport | null,
): Map<MeasureGate | FactGate, number> {
  const tested = rules.gates.flatMap((gate) => {
    const p = 'measure' in gate && gate.on === 'difference' ? measureOf(gate, report)?.figures.p : undefined;
    return p === undefined || p === null ? [] : [{ gate, p }];
  });
  const corrected = holm(tested.map(({ p }) => p));
  return new Map(tested.map(({ gate }, at) => [gate, corrected[at] ?? 1]));
}

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

interface Gated {
  readonly figures: SliceMeasure;
  readonly title: string;
  readonly unit: string;
}

/** The measure of the whole replay or of the slice a gate is about; null where there is none that can be relied on. */
function measureOf({ measure: id, slice }: MeasureGate, report: ReplayReport | null): Gated | null {
  const whole = report?.measures.find((row) => row.id === id);
  if (whole === undefined) return null;
  const { title, unit } = whole;
  if (slice === undefined) return { figures: whole, title, unit };
  const wanted = Object.entries(slice);
  const table = report?.slices?.find(
    ({ by }) => by.length === wanted.length && wanted.every(([attribute]) => by.includes(attribute)),
  );
  const found = table?.slices.find(({ values }) => table.by.every((name, at) => slice[name] === values[at]));
  const figures = found?.small === false ? found.measures.find((row) => row.id === id) : undefined;
  return figures === undefined ? null : { figures, title, unit };
}

function judgeMeasure(gate: MeasureGate, report: ReplayReport | null): Judged {
  const { measure: id, slice, on, op, threshold, judged_on: end } = gate;
  const measure = measureOf(gate, report);
  const { words, holds } = OPERATION[op];
  const where = slice === undefined ? '' : ` where ${sliceWords(slice)}`;
  const rule = `${measure?.title ?? titleOf(id) ?? id} of ${SUBJECT[on]}${where} is ${words} ${signed(threshold)}`;
  const figures = measure?.figures;
  const measured = finite(end === 'point' ? figures?.[on] : figures?.intervals?.[on]?.[end]);
  const interval = figures?.intervals?.[on];
  return {
    rule: end === 'point' ? rule : `${rule}, judged on ${END[end]} of its 95 % interval`,
    threshold,
    measured,
    verdict: measured === null ? 'no evidence' : verdict(holds(measured, threshold)),
    ...(measure === null ? {} : { unit: measure.unit }),
    ...(interval === undefined ? {} : { interval }),
  };
}

const YES = {
  bundle_intact: { rule: 'The bundle’s files hash to its digest', fact: 'bundleIntact' },
  features_equal: {
    rule: 'The model’s features are the snapshot’s, in the same order',
    fact: 'featuresEqual',
  },
  heads_complete: { rule: 'The model has every output the policy names', fact: 'headsComplete' },
  replay_exact: {
    rule: 'Requests of the replay, ranked again one by one, come out the same to the last bit',
    fact: 'replayExact',
  },
} as const;

function judgeFact(gate: FactGate, facts: GateEvidence['facts']): Judged {
  if (gate.fact === 'training_jurisdiction') {
    return judgeAllowed('Every training data set comes from', gate.allow, facts.trainingJurisdictions);
  }
  if (gate.fact === 'snapshot_jurisdiction') {
    const found = facts.snapshotJurisdiction === null ? [] : [facts.snapshotJurisdiction];
    return judgeAllowed('The replayed snapshot comes from', gate.allow, found);
  }
  if (gate.fact === 'snapshot_age_days') return judgeAge(gate.max, finite(facts.snapshotAgeDays));
  if ('min' in gate || gate.fact === 'open_escalations' || gate.fact === 'review_dissent')
    return judgeReview(gate, facts.review ?? null);
  const { rule, fact } = YES[gate.fact];
  return judgeYes(rule, facts[fact] ?? null);
}

/** For example "user.region is CA and request.surface is for_you". */
function sliceWords(slice: Readonly<Record<string, string>>): string {
  return Object.entries(slice)
    .map(([attribute, value]) => `${attribute} is ${value}`)
    .join(' and ');
}

function judgeAge(max: number, measured: number | null): Judged {
  const rule = `The replayed snapshot is at most ${max} days old`;
  return {
    rule,
    threshold: max,
    measured,
    unit: 'days',
    verdict: measured === null ? 'no evidence' : verdict(measured <= max),
  };
}

function judgeAllowed(what: string, allow: string[], found: readonly string[]): Judged {
  const rule = `${what} ${allow.join(' or ')}`;
  if (found.length === 0) return { rule, threshold: allow, measured: null, verdict: 'no evidence' };
  const measured = [...new Set(found)].toSorted();
  return {
    rule,
    threshold: allow,
    measured,
    verdict: verdict(measured.every((place) => allow.includes(place))),
  };
}

function judgeYes(rule: string, fact: boolean | null): Judged {
  if (fact === null) return { rule, threshold: 'yes', measured: null, verdict: 'no evidence' };
  return { rule, threshold: 'yes', measured: fact ? 'yes' : 'no', verdict: verdict(fact) };
}

function verdict(passes: boolean): Verdict {
  return passes ? 'pass' : 'fail';
}

function finite(value: Measure['difference'] | undefined): number | null {
  return value === undefined || value === null || !Number.isFinite(value) ? null : value;
}

/** With the typographic minus sign. */
function signed(value: number): string {
  return value < 0 ? `−${-value}` : `${value}`;
}
