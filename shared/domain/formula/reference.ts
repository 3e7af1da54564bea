import { z } from 'zod';
import { parseYaml } from '../parse-yaml.ts';
import { judgeFormula, type ReadFormula } from './findings.ts';

/** A published formula: the form of `policy.yaml` with where its figures come from. */
const ReferenceFile = z.strictObject({
  title: z.string().min(1),
  /** A date, or a year where no more is known. */
  published: z.union([z.string(), z.number().transform(String)]),
  sources: z.array(z.strictObject({ title: z.string().min(1), url: z.url({ protocol: /^https$/ }) })).min(1),
  note: z.string(),
  policy: z.unknown(),
});

export interface ReferenceFormula extends ReadFormula {
  readonly title: string;
  readonly published: string;
  readonly sources: readonly { readonly title: string; readonly url: string }[];
  readonly note: string;
}

/** Reads a published formula. Its policy is judged, not refused; throws `bad_input` when it names no source. */
export function readReference(text: string, file: string): ReferenceFormula {
  const { policy, ...rest } = parseYaml(ReferenceFile, text, file);
  return { ...rest, ...judgeFormula(policy, { outputs: null, negativeSignals: [] }) };
}
