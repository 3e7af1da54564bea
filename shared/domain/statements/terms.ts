import type { GateResult } from '../gates/verdict.ts';
import type { Terms } from './signoff-statement.ts';

/** Advisory gates that failed, which whoever approves has to answer in words. */
export const failedAdvisories = (gates: readonly GateResult[]): GateResult[] =>
  gates.filter(({ required, verdict }) => !required && verdict === 'fail');

/** Under what approvals are judged: the moment, and the revision of the gates in force. */
export interface Judging {
  readonly at: string;
  readonly gatesRevision: number;
}

/** By how much the clocks of two machines may differ before one of them is held to be wrong. */
export const CLOCKS_DIFFER_MS = 3_600_000;

/** Whether a moment is later than another by more than clocks differ: it has not come yet. */
export const isYetToCome = (at: string, now: string): boolean =>
  Date.parse(at) > Date.parse(now) + CLOCKS_DIFFER_MS;

/** Why an approval's terms do not hold, or null when they do. `gates` are those of the statement it is about. */
export function termsLapsedBecause(
  { expires, gatesRevision, waivers = [] }: Terms,
  gates: readonly GateResult[],
  judging: Judging,
): string | null {
  if (expires !== undefined && Date.parse(judging.at) >= Date.parse(expires))
    return `the approval was given until ${expires}`;
  if (gatesRevision !== undefined && gatesRevision !== judging.gatesRevision)
    return `the approval was given for gates revision ${gatesRevision} only, and this is revision ${judging.gatesRevision}`;
  const answered = new Set(waivers.map(({ gate }) => gate));
  const open = failedAdvisories(gates).find(({ name }) => !answered.has(name));
  return open === undefined
    ? null
    : `the approval does not say why the failed gate “${open.title}” is waived`;
}

/** Why the waivers of an approval cannot be signed, or null: each must be about an advisory gate that failed. */
export function waiversRefusedBecause({ waivers = [] }: Terms, gates: readonly GateResult[]): string | null {
  for (const { gate: name } of waivers) {
    const gate = gates.find((candidate) => candidate.name === name);
    if (gate === undefined) return `there is no gate “${name}” to waive`;
    if (gate.required) return `“${gate.title}” is a required gate, and no required gate can be waived`;
    if (gate.verdict !== 'fail')
      return `“${gate.title}” did not fail (${gate.verdict}), so there is nothing to waive`;
  }
  if (new Set(waivers.map(({ gate }) => gate)).size < waivers.length) return 'a gate is waived twice';
  return null;
}
