import { stringify } from 'yaml';
import { z } from 'zod';
import { parseYaml } from '../parse-yaml.ts';

/** Categories of statements of reasons in the Transparency Database of the EU Digital Services Act. */
const DSA_CATEGORIES = [
  'STATEMENT_CATEGORY_ANIMAL_WELFARE',
  'STATEMENT_CATEGORY_CONSUMER_INFORMATION',
  'STATEMENT_CATEGORY_CYBER_VIOLENCE',
  'STATEMENT_CATEGORY_CYBER_VIOLENCE_AGAINST_WOMEN',
  'STATEMENT_CATEGORY_DATA_PROTECTION_AND_PRIVACY_VIOLATIONS',
  'STATEMENT_CATEGORY_ILLEGAL_OR_HARMFUL_SPEECH',
  'STATEMENT_CATEGORY_INTELLECTUAL_PROPERTY_INFRINGEMENTS',
  'STATEMENT_CATEGORY_NEGATIVE_EFFECTS_ON_CIVIC_DISCOURSE_OR_ELECTIONS',
  'STATEMENT_CATEGORY_OTHER_VIOLATION_TC',
  'STATEMENT_CATEGORY_PROTECTION_OF_MINORS',
  'STATEMENT_CATEGORY_RISK_FOR_PUBLIC_SECURITY',
  'STATEMENT_CATEGORY_SCAMS_AND_FRAUD',
  'STATEMENT_CATEGORY_SELF_HARM',
  'STATEMENT_CATEGORY_UNSAFE_AND_PROHIBITED_PRODUCTS',
  'STATEMENT_CATEGORY_VIOLENCE',
] as const;

/** What a reviewer may decide of one item. Removing takes it out of recommendations; the item itself stays up. */
export const ItemAction = z.enum(['fine', 'demote', 'remove', 'escalate']);
export type ItemAction = z.infer<typeof ItemAction>;

const Text = z.string().trim().min(1);
const Name = z.string().regex(/^[a-z][a-z0-9_]*$/, 'must be lowercase letters, digits and _; correct it');

export const Severity = z.int().min(1).max(4);

const PolicyFields = z.strictObject({
  id: Name,
  title: Text,
  text: Text,
  examples: z.array(z.strictObject({ text: Text, violates: z.boolean() })).min(1),
  /** From 1 (low) to 4 (critical): what a violation counts unless the reviewer says otherwise. */
  severity: Severity,
  reasons: z.array(z.strictObject({ code: Name, title: Text })).min(1),
  actions: z.array(ItemAction.exclude(['fine'])).min(1),
  /** True when a decision under this policy needs one of its reason codes. */
  reason_required: z.boolean(),
  dsa_category: z.enum(DSA_CATEGORIES),
  /** What a US decision rests on. */
  us: z.strictObject({ ground: z.enum(['terms', 'law']), reference: Text }),
});

/** One policy with those below it. */
export type Policy = z.infer<typeof PolicyFields> & { readonly children?: readonly Policy[] | undefined };

const Policy: z.ZodType<Policy> = PolicyFields.extend({
  get children() {
    return z.array(Policy).optional();
  },
});

/** A version of the policy library. It never changes: its digest is what decisions name. */
export const PolicyLibrary = z
  .strictObject({
    format: z.literal('stateside-policy-library'),
    version: Text,
    title: Text,
    jurisdiction: z.literal('US'),
    policies: z.array(Policy).min(1),
  })
  .superRefine(({ policies }, context) => {
    const all = flatten(policies);
    for (const twice of repeated(all.map(({ policy }) => policy.id)))
      context.addIssue({ code: 'custom', message: `names the policy "${twice}" twice; keep one` });
    for (const { policy } of all)
      for (const twice of repeated(policy.reasons.map(({ code }) => code)))
        context.addIssue({
          code: 'custom',
          message: `names the reason "${twice}" of ${policy.id} twice; keep one`,
        });
  });
export type PolicyLibrary = z.infer<typeof PolicyLibrary>;

/** Reads a policy library. Throws `bad_input` with one sentence naming the file, the place and the remedy. */
export const parsePolicyLibrary = (text: string, file: string): PolicyLibrary =>
  parseYaml(PolicyLibrary, text, file);

/** A policy library as YAML that `parsePolicyLibrary` reads back to the same value, and so to the same digest. */
export const policyLibraryYaml = (library: PolicyLibrary): string =>
  stringify(library, { schema: 'core', aliasDuplicateObjects: false, lineWidth: 110 });

/** Every policy of a tree in reading order, with how deep it stands. */
export function flatten(policies: readonly Policy[], depth = 0): { policy: Policy; depth: number }[] {
  return policies.flatMap((policy) => [{ policy, depth }, ...flatten(policy.children ?? [], depth + 1)]);
}

export const findPolicy = ({ policies }: PolicyLibrary, id: string): Policy | null =>
  flatten(policies).find(({ policy }) => policy.id === id)?.policy ?? null;

const repeated = (names: readonly string[]): string[] => [
  ...new Set(names.filter((name, at) => names.indexOf(name) !== at)),
];
