import type { ReplayReport } from '../replay/report.ts';
import { correctedPValues, judgeMeasure } from './judge-measure.ts';
import { judgeFact, type GateFacts } from './judge-fact.ts';
import { factsOfReview, type ReviewFacts } from './review-facts.ts';
import type { GateRules } from './rules.ts';
import type { GateResult } from './verdict.ts';

/** What is known of a release when its gates are judged; null where nobody looked. */
export interface GateEvidence {
  readonly report: ReplayReport | null;
  readonly facts: GateFacts;
}

/** Judges each gate, in the order of the rules. Where evidence is missing the verdict says so; it never passes. */
export function judgeGates(rules: GateRules, evidence: GateEvidence): GateResult[] {
  const corrected = correctedPValues(rules, evidence.report);
  return rules.gates.map((gate) => {
    const { name, title, required, reason, owner } = gate;
    const judged = 'measure' in gate ? judgeMeasure(gate, evidence.report) : judgeFact(gate, evidence.facts);
    return {
      ...{ name, title, required, reason, ...judged },
      ...(owner === undefined ? {} : { owner }),
      ...corrected.get(gate),
    };
  });
}

/** Gates as a replay judged them, those about the review judged anew by what it found meanwhile; null: none was held. */
export function withReview(
  rules: GateRules,
  gates: readonly GateResult[],
  review: ReviewFacts | null,
): GateResult[] {
  const asked = rules.gates.filter((gate) => 'fact' in gate && factsOfReview.has(gate.fact));
  return gates.map((judged) => {
    const gate = asked.find(({ name }) => name === judged.name);
    if (gate === undefined || !('fact' in gate)) return judged;
    const { missing: _, ...before } = judged;
    return { ...before, ...judgeFact(gate, { ...NO_FACTS, review }) };
  });
}

/** Nobody looked at anything. */
export const NO_FACTS: GateFacts = {
  bundleIntact: null,
  trainingJurisdictions: [],
  featuresEqual: null,
  headsComplete: null,
  snapshotJurisdiction: null,
  snapshotAgeDays: null,
};
