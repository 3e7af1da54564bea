import { z } from 'zod';
import { parseYaml } from '../parse-yaml.ts';
import { RankingPolicy } from '../ranking/policy.ts';
import { describeIssue, placeOf } from '../zod-issue.ts';
import { Formula, type FormulaHead } from './formula.ts';
import { numberWords } from './number-words.ts';
import { penaltyReason } from './penalty.ts';

/** What is wrong with a formula, and where. An error keeps it from ranking; a warning asks for a second look. */
export const Finding = z.object({
  code: z.enum([
    'weight_outside_range',
    'head_without_weight',
    'weight_without_head',
    'penalty_with_positive_weight',
    'name_twice',
    'output_twice',
    'form',
  ]),
  severity: z.enum(['error', 'warning']),
  /** Name of the rule it is about; null when it is about the whole. */
  name: z.string().nullable(),
  /** As the file says it, for example `heads[2].weight`. */
  place: z.string(),
  message: z.string(),
});
export type Finding = z.infer<typeof Finding>;

/** What a formula is held against; null is not known. */
export interface FormulaSetting {
  /** The model's outputs. */
  readonly outputs: readonly string[] | null;
  /** Names of signals that speak against an item. */
  readonly negativeSignals: readonly string[];
}

export interface ReadFormula {
  readonly formula: Formula;
  /** The formula as a policy that can rank; null when an error keeps it from that. */
  readonly policy: RankingPolicy | null;
  readonly findings: readonly Finding[];
}

/**
 * Reads the text of a policy tolerantly and says everything that is wrong with it, where `parsePolicy` stops at
 * the first. Throws `bad_input` only for text that is not YAML at all.
 */
export function readFormula(text: string, file: string, setting: FormulaSetting): ReadFormula {
  return judgeFormula(parseYaml(z.unknown(), text, file), setting);
}

/** The same for a formula that is parsed already, in the form of `policy.yaml`. */
export function judgeFormula(written: unknown, setting: FormulaSetting): ReadFormula {
  const formula = Formula.catch({
    heads: [],
    multipliers: [],
    filters: [],
    diversity: null,
    top_k: null,
  }).parse(written);
  const strict = RankingPolicy.safeParse(written, { reportInput: true });
  const own = [
    ...formula.heads.flatMap((head, at) => headFindings(head, `heads[${at}]`, setting)),
    ...unweighed(formula, setting),
    ...sharedOutputs(formula),
    ...sharedNames(formula),
  ];
  const said = new Set(own.filter(({ severity }) => severity === 'error').map(({ place }) => place));
  const form = strict.success ? [] : strict.error.issues.filter(({ path }) => !said.has(placeOf(path)));
  const findings = [
    ...own,
    ...form.map((issue): Finding => ({
      code: 'form',
      severity: 'error',
      name: ruleName(formula, issue.path),
      place: placeOf(issue.path),
      message: `${describeIssue(issue)}.`,
    })),
  ];
  return { formula, policy: strict.data ?? null, findings };
}

function headFindings(
  head: FormulaHead,
  place: string,
  { outputs, negativeSignals }: FormulaSetting,
): Finding[] {
  const { name, output, weight, min, max } = head;
  const about = { name, severity: 'error', place: `${place}.weight` } as const;
  if (weight === null) {
    const message = `Head ${name} has no weight; give it one, 0 when it shall not count.`;
    return [{ ...about, code: 'head_without_weight', message }];
  }
  const found: Finding[] = [];
  if (weight < (min ?? -Infinity) || weight > (max ?? Infinity)) {
    const range = `${min === null ? 'any' : numberWords(min)} to ${max === null ? 'any' : numberWords(max)}`;
    const message = `Head ${name} has weight ${numberWords(weight)}, outside its range ${range}; move the weight or widen the range.`;
    found.push({ ...about, code: 'weight_outside_range', message });
  }
  const reason = penaltyReason(head, negativeSignals);
  if (weight > 0 && reason !== null) {
    const message = `Head ${name} is a penalty (${reason}), yet its weight ${numberWords(weight)} rewards; make it negative or 0.`;
    found.push({ ...about, severity: 'warning', code: 'penalty_with_positive_weight', message });
  }
  if (outputs !== null && output !== null && !outputs.includes(output)) {
    const message = `Weight ${name} has no head: the model has no output ${output}; correct the name or remove the weight.`;
    found.push({ ...about, place: `${place}.output`, code: 'weight_without_head', message });
  }
  return found;
}

function unweighed({ heads }: Formula, { outputs }: FormulaSetting): Finding[] {
  const weighed = new Set(heads.map(({ output }) => output));
  return (outputs ?? [])
    .filter((output) => !weighed.has(output))
    .map((output) => ({
      code: 'head_without_weight',
      severity: 'warning',
      name: null,
      place: 'heads',
      message: `The model's head ${output} has no weight, so it does not count; weigh it, with 0 when that is meant.`,
    }));
}

function sharedOutputs({ heads }: Formula): Finding[] {
  return heads.flatMap(({ name, output }, at): Finding[] => {
    const first = heads.findIndex((head) => head.output === output);
    if (output === null || first === at) return [];
    const message = `Heads ${heads[first]?.name ?? ''} and ${name} both weigh the output ${output}, so their weights add up; keep one.`;
    return [{ code: 'output_twice', severity: 'warning', name, place: `heads[${at}].output`, message }];
  });
}

/** Two rules of one kind may not share a name; of different kinds they may, and are easily taken for each other. */
function sharedNames({ heads, multipliers, filters }: Formula): Finding[] {
  const rules = Object.entries({ heads, multipliers, filters }).flatMap(([kind, rules]) =>
    rules.map(({ name }, at) => ({ kind, name, place: `${kind}[${at}].name` })),
  );
  return rules.flatMap(({ kind, name, place }, at): Finding[] => {
    const first = rules.findIndex((rule) => rule.name === name);
    if (first === at || name === '?') return [];
    const same = rules.slice(0, at).some((rule) => rule.name === name && rule.kind === kind);
    const severity = same ? 'error' : 'warning';
    const message = `Two rules are named ${name} (${rules[first]?.place ?? ''} and ${place}); give each its own name.`;
    return [{ code: 'name_twice', severity, name, place, message }];
  });
}

function ruleName(formula: Formula, [kind, at]: readonly PropertyKey[]): string | null {
  if (typeof at !== 'number') return null;
  if (kind === 'heads' || kind === 'multipliers' || kind === 'filters')
    return formula[kind][at]?.name ?? null;
  return null;
}
