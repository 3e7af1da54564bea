import { judgeGates, NO_FACTS, type GateEvidence } from './judge.ts';
import type { GateRules } from './rules.ts';

/** A gate in words, without a verdict. */
export interface GateWords {
  readonly name: string;
  readonly title: string;
  readonly rule: string;
  readonly required: boolean;
  readonly reason: string;
  readonly owner: string | null;
}

/** What became of one gate; a side without it is null. */
export interface GateDifference {
  readonly name: string;
  readonly before: GateWords | null;
  readonly after: GateWords | null;
}

const NOTHING: GateEvidence = { report: null, facts: NO_FACTS };

/** Every gate in words, in the order of the rules. */
export function gateWords(rules: GateRules): GateWords[] {
  return judgeGates(rules, NOTHING).map(({ name, title, rule, required, reason, owner = null }) => ({
    name,
    title,
    rule,
    required,
    reason,
    owner,
  }));
}

/** The gates in which two sets of rules differ, by name: what went or changed first, then what came. */
export function gateDifferences(before: GateRules, after: GateRules): GateDifference[] {
  const [old, now] = [gateWords(before), gateWords(after)];
  const changed = old.flatMap((gate): GateDifference[] => {
    const other = now.find(({ name }) => name === gate.name) ?? null;
    return other !== null && same(gate, other) ? [] : [{ name: gate.name, before: gate, after: other }];
  });
  const added = now
    .filter(({ name }) => !old.some((gate) => gate.name === name))
    .map((gate): GateDifference => ({ name: gate.name, before: null, after: gate }));
  return changed.concat(added);
}

const same = (a: GateWords, b: GateWords): boolean =>
  a.title === b.title &&
  a.rule === b.rule &&
  a.required === b.required &&
  a.reason === b.reason &&
  a.owner === b.owner;
