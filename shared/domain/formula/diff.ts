import { z } from 'zod';
import type { Condition } from '../ranking/conditions.ts';
import { WEIGHT_LIMIT, type PolicyHead, type RankingPolicy } from '../ranking/policy.ts';
import { conditionWords } from './condition-words.ts';
import { factorWords, numberWords, weightWords } from './number-words.ts';
import { formOf, thresholdsIn } from './thresholds.ts';

const Value = z.union([z.number(), z.string()]).nullable();
type Value = z.infer<typeof Value>;

/** One rule of a policy that differs between two of them; a null value is a rule or a bound that is not there. */
export const PolicyChange = z.object({
  kind: z.enum(['head', 'multiplier', 'filter', 'diversity', 'feed']),
  /** Name of the rule; of diversity and feed, which have none, what they are. */
  name: z.string(),
  status: z.enum(['added', 'removed', 'changed']),
  fields: z.array(z.object({ field: z.string(), before: Value, after: Value })),
  /** The whole change as a sentence without a full stop: "hate −74 → −0.5: 148 times weaker". */
  words: z.string(),
});
export type PolicyChange = z.infer<typeof PolicyChange>;
type FieldChange = PolicyChange['fields'][number];

/**
 * What differs from policy `a` to policy `b`, in numbers and in words: heads, multipliers, filters (matched by
 * name, in the order of `b`, removed ones last), diversity, length of the feed. Two equal policies give [].
 * The order of heads, multipliers and filters is not compared: it moves a score by rounding at most.
 */
export function diffPolicies(a: RankingPolicy, b: RankingPolicy): PolicyChange[] {
  return [
    ...diffRules('head', a.heads, b.heads, headFields, headWords),
    ...diffRules('multiplier', a.multipliers, b.multipliers, multiplierFields, multiplierWords),
    ...diffRules('filter', a.filters, b.filters, filterFields, filterWords),
    ...diffRules('diversity', diversityOf(a), diversityOf(b), diversityFields, diversityWords),
    ...diffRules('feed', [feedOf(a)], [feedOf(b)], feedFields, feedWords),
  ];
}

type Kind = PolicyChange['kind'];
type Fields<Rule> = (rule: Rule) => Record<string, Value>;
type Words<Rule> = (before: Rule | null, after: Rule | null, fields: readonly FieldChange[]) => string;

function diffRules<Rule extends { readonly name: string }>(
  kind: Kind,
  before: readonly Rule[],
  after: readonly Rule[],
  fieldsOf: Fields<Rule>,
  words: Words<Rule>,
): PolicyChange[] {
  const former = new Map(before.map((rule) => [rule.name, rule]));
  const present = new Set(after.map(({ name }) => name));
  const pairs = [
    ...after.map((rule) => ({ name: rule.name, from: former.get(rule.name) ?? null, to: rule })),
    ...before
      .filter(({ name }) => !present.has(name))
      .map((rule) => ({ name: rule.name, from: rule, to: null })),
  ];
  return pairs.flatMap(({ name, from, to }): PolicyChange[] => {
    const fields = compare(from === null ? {} : fieldsOf(from), to === null ? {} : fieldsOf(to));
    if (fields.length === 0) return [];
    const status = from === null ? 'added' : to === null ? 'removed' : 'changed';
    return [{ kind, name, status, fields, words: words(from, to, fields) }];
  });
}

function compare(before: Record<string, Value>, after: Record<string, Value>): FieldChange[] {
  return [...new Set([...Object.keys(before), ...Object.keys(after)])]
    .map((field) => ({ field, before: before[field] ?? null, after: after[field] ?? null }))
    .filter(({ before, after }) => before !== after);
}

const bound = (value: number): number | null => (Math.abs(value) === WEIGHT_LIMIT ? null : value);

const headFields: Fields<PolicyHead> = ({ weight, output, kind, scale, min, max, clamp }) => ({
  weight,
  output,
  kind,
  scale,
  least: bound(min),
  most: bound(max),
  'clamp from': clamp?.min ?? null,
  'clamp to': clamp?.max ?? null,
});

const headWords: Words<PolicyHead> = (before, after, fields) => {
  if (before === null)
    return `head ${after?.name ?? ''} added with weight ${numberWords(after?.weight ?? 0)}`;
  if (after === null) return `head ${before.name} removed; it had weight ${numberWords(before.weight)}`;
  const others = fields.filter(({ field }) => field !== 'weight').map(headFieldWords);
  if (before.weight === after.weight) return `${after.name}: ${others.join(', ')}`;
  const change = arrow(numberWords(before.weight), numberWords(after.weight));
  return [`${after.name} ${change}: ${weightWords(before.weight, after.weight)}`, ...others].join(', ');
};

const headFieldWords = (change: FieldChange): string => {
  const { field, before, after } = change;
  if (field !== 'scale' || typeof before !== 'number' || typeof after !== 'number') return fieldWords(change);
  return `${fieldWords(change)} (${weightWords(before, after)})`;
};

type Multiplier = RankingPolicy['multipliers'][number];

const multiplierFields: Fields<Multiplier> = ({ factor, when }) => ({
  factor,
  when: when === undefined ? 'always' : conditionWords(when),
});

const multiplierWords: Words<Multiplier> = (before, after, fields) => {
  if (before === null)
    return `multiplier ${after?.name ?? ''} added with ×${numberWords(after?.factor ?? 1)}`;
  if (after === null) return `multiplier ${before.name} removed; it was ×${numberWords(before.factor)}`;
  const others = fields.some(({ field }) => field === 'when')
    ? whenWords(before.when, after.when, ['applies more often', 'applies less often'])
    : [];
  if (before.factor === after.factor) return `${after.name}: ${others.join(', ')}`;
  const change = arrow(`×${numberWords(before.factor)}`, `×${numberWords(after.factor)}`);
  return [`${after.name} ${change}: ${factorWords(before.factor, after.factor)}`, ...others].join(', ');
};

type Filter = RankingPolicy['filters'][number];

const filterFields: Fields<Filter> = ({ when }) => ({ when: conditionWords(when) });

const filterWords: Words<Filter> = (before, after) => {
  if (before === null) return `filter ${after?.name ?? ''} added: more is kept out of feeds`;
  if (after === null) return `filter ${before.name} removed: what it kept out can enter feeds`;
  return `filter ${after.name}: ${whenWords(before.when, after.when, ['keeps out more', 'keeps out less']).join(', ')}`;
};

/** Each threshold that moved, with what that does where it can be told; both conditions where more than that differs. */
function whenWords(
  before: Condition | undefined,
  after: Condition | undefined,
  [more, less]: readonly [string, string],
): string[] {
  const words = (when: Condition | undefined) => (when === undefined ? 'always' : conditionWords(when));
  const isSameForm =
    before !== undefined &&
    after !== undefined &&
    conditionWords(formOf(before)) === conditionWords(formOf(after));
  if (!isSameForm) return [`when ${arrow(words(before), words(after))}`];
  const former = thresholdsIn(before);
  return thresholdsIn(after).flatMap(({ words, value, wider }, at) => {
    const was = former[at]?.value ?? value;
    if (was === value) return [];
    const change = `${words} ${arrow(valueWords(was), valueWords(value))}`;
    if (wider === 0) return [change];
    return [`${change} (${value > was === (wider === 1) ? more : less})`];
  });
}

interface Diversity {
  readonly name: 'diversity';
  readonly by: string;
  readonly decay: number;
  readonly floor: number;
}

const diversityOf = ({ diversity }: RankingPolicy): Diversity[] =>
  diversity === null ? [] : [{ name: 'diversity', ...diversity }];

const diversityFields: Fields<Diversity> = ({ by, decay, floor }) => ({ by, decay, floor });

const diversityWords: Words<Diversity> = (before, after, fields) => {
  if (before === null) return `diversity by ${after?.by ?? ''} added`;
  if (after === null) return `diversity by ${before.by} removed: one source may fill a feed`;
  const demotes = (field: string, from: Value, to: Value): string =>
    field !== 'by' && from !== null && to !== null
      ? ` (further items of one source are demoted ${to > from ? 'less' : 'more'})`
      : '';
  return `diversity: ${fields.map((change) => `${fieldWords(change)}${demotes(change.field, change.before, change.after)}`).join(', ')}`;
};

const feedOf = ({ top_k: length }: RankingPolicy) => ({ name: 'feed', length });
type Feed = ReturnType<typeof feedOf>;

const feedFields: Fields<Feed> = ({ length }) => ({ length });

const feedWords: Words<Feed> = (_before, _after, fields) => `feed: ${fields.map(fieldWords).join(', ')}`;

const fieldWords = ({ field, before, after }: FieldChange): string =>
  `${field} ${arrow(valueWords(before), valueWords(after))}`;

const valueWords = (value: Value): string =>
  value === null ? 'none' : typeof value === 'number' ? numberWords(value) : value;

const arrow = (before: string, after: string): string => `${before} → ${after}`;
