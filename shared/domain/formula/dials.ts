import { LONGEST_FEED, type PolicyHead, type RankingPolicy } from '../ranking/policy.ts';
import { thresholdsOf, withThreshold, type PolicyThreshold } from './thresholds.ts';

/** What the dials of a what-if are sorted into. */
export const DIAL_GROUPS = ['weights', 'factors', 'thresholds', 'shaping', 'feed'] as const;
export type DialGroup = (typeof DIAL_GROUPS)[number];

/** Of a number, a stretch for its slider, `from` to `to`, and its whole range, `min` to `max`; null is no bound. */
interface NumberReading {
  readonly kind: 'number';
  readonly value: number | null;
  readonly min: number;
  readonly max: number;
  /** The stretch where it does not follow from the value: otherwise from 0 to twice what it is. */
  readonly stretch?: (own: number) => [from: number, to: number];
  readonly whole?: boolean;
  /** Whether it can be left out. */
  readonly optional?: boolean;
}

interface TextReading {
  readonly kind: 'text';
  readonly value: string;
}

type Reading = (NumberReading | TextReading) & {
  readonly id: string;
  readonly group: DialGroup;
  readonly label: string;
  /** The policy with this value moved. */
  readonly turn: (policy: RankingPolicy, value: number | string | null) => RankingPolicy;
};

export interface NumberDial {
  readonly kind: 'number';
  readonly id: string;
  readonly group: DialGroup;
  readonly label: string;
  readonly value: number | null;
  /** What the release has. */
  readonly own: number | null;
  readonly from: number;
  readonly to: number;
  readonly min: number;
  readonly max: number;
  readonly whole: boolean;
  readonly optional: boolean;
}

export interface TextDial {
  readonly kind: 'text';
  readonly id: string;
  readonly group: DialGroup;
  readonly label: string;
  readonly value: string;
  readonly own: string;
}

export type Dial = NumberDial | TextDial;

const FAR = Number.MAX_VALUE;
const WHOLE_FIELDS = new Set([
  'candidate.ordinal',
  'candidate.in_network',
  'candidate.logged_position',
  'item.duration_ms',
]);

/**
 * A dial for every number of a policy that decides an order: weights, factors, the thresholds of conditions, scale
 * and clamp of heads, diversity and length of the feed; `own` is the policy it is moved from.
 */
export function dialsOf(own: RankingPolicy, policy: RankingPolicy): Dial[] {
  const before = new Map(readings(own).map((reading) => [reading.id, reading.value]));
  return readings(policy).map((reading) => {
    const own = before.get(reading.id);
    return dialOf(reading, own === undefined ? reading.value : own);
  });
}

function dialOf(reading: Reading, former: number | string | null): Dial {
  const { id, group, label, value } = reading;
  const about = { id, group, label };
  if (reading.kind === 'text')
    return { ...about, kind: 'text', value: reading.value, own: String(former ?? value) };
  const own = typeof former === 'string' ? reading.value : former;
  const [from, to] = reach(reading, own);
  const { min, max, whole = false, optional = false } = reading;
  return { ...about, kind: 'number', value: reading.value, own, from, to, min, max, whole, optional };
}

/** The policy with one dial turned; a value that its place cannot take leaves the policy as it is. */
export function turned(policy: RankingPolicy, id: string, value: number | string | null): RankingPolicy {
  const reading = readings(policy).find((each) => each.id === id);
  if (reading === undefined || reading.value === value) return policy;
  if (reading.kind === 'text') return typeof value === 'string' ? reading.turn(policy, value) : policy;
  if (value === null) return reading.optional === true ? reading.turn(policy, null) : policy;
  if (typeof value === 'string' || value < reading.min || value > reading.max) return policy;
  return reading.whole === true && !Number.isInteger(value) ? policy : reading.turn(policy, value);
}

/** How far a slider goes: from 0 to twice the release's value, within the range, as far as it was moved. */
function reach({ value, min, max, stretch }: NumberReading, own: number | null): [number, number] {
  const twice = own === null || own === 0 ? 1 : 2 * own;
  const [from, to] = stretch?.(own ?? 0) ?? [Math.min(0, twice), Math.max(0, twice)];
  return [Math.max(min, Math.min(from, value ?? from)), Math.min(max, Math.max(to, value ?? to))];
}

const readings = (policy: RankingPolicy): Reading[] => [
  ...policy.heads.map(weightReading),
  ...policy.multipliers.map(factorReading),
  ...thresholdsOf(policy).map(thresholdReading),
  ...policy.heads.flatMap(shapingReadings),
  ...feedReadings(policy),
];

const weightReading = ({ name, weight, min, max }: PolicyHead): Reading => ({
  kind: 'number',
  id: `weight ${name}`,
  group: 'weights',
  label: name,
  value: weight,
  min,
  max,
  turn: (policy, value) => withHead(policy, name, { weight: Number(value) }),
});

const factorReading = ({ name, factor }: RankingPolicy['multipliers'][number]): Reading => ({
  kind: 'number',
  id: `factor ${name}`,
  group: 'factors',
  label: name,
  value: factor,
  min: Number.MIN_VALUE,
  max: FAR,
  stretch: (own) => [0.01, Math.max(2, 2 * own)],
  turn: (policy, value) => ({
    ...policy,
    multipliers: policy.multipliers.map((rule) =>
      rule.name === name ? Object.assign({}, rule, { factor: Number(value) }) : rule,
    ),
  }),
});

function thresholdReading({ rule, words, field, value }: PolicyThreshold, at: number): Reading {
  const about = {
    id: `threshold ${at}`,
    group: 'thresholds',
    label: `${rule}: ${words}`,
    turn: (policy: RankingPolicy, value: number | string | null) =>
      value === null ? policy : withThreshold(policy, at, value),
  } as const;
  if (typeof value === 'string') return { ...about, kind: 'text', value };
  const isFlag = field === 'candidate.in_network';
  const range = isFlag ? { min: 0, max: 1 } : { min: -FAR, max: FAR };
  return { ...about, ...range, kind: 'number', value, whole: WHOLE_FIELDS.has(field) };
}

function shapingReadings({ name, scale, clamp }: PolicyHead): Reading[] {
  const bound = (side: 'min' | 'max', range: { min: number; max: number }): Reading => ({
    ...range,
    kind: 'number',
    id: `clamp ${side} ${name}`,
    group: 'shaping',
    label: `${name}: clamp ${side === 'min' ? 'from' : 'to'}`,
    value: clamp?.[side] ?? null,
    optional: true,
    turn: (policy, value) => withHead(policy, name, { clamp: clamped(clamp, side, value) }),
  });
  return [
    {
      kind: 'number',
      id: `scale ${name}`,
      group: 'shaping',
      label: `${name}: scale`,
      value: scale,
      min: -FAR,
      max: FAR,
      turn: (policy, value) => withHead(policy, name, { scale: Number(value) }),
    },
    bound('min', { min: -FAR, max: clamp?.max ?? FAR }),
    bound('max', { min: clamp?.min ?? -FAR, max: FAR }),
  ];
}

/** Bounds with one of them set or taken away; none at all is null. */
function clamped(
  clamp: PolicyHead['clamp'],
  side: 'min' | 'max',
  value: number | string | null,
): PolicyHead['clamp'] {
  const { [side]: _, ...rest } = clamp ?? {};
  const bounds = value === null ? rest : { ...rest, [side]: Number(value) };
  return Object.keys(bounds).length === 0 ? null : bounds;
}

function feedReadings({ diversity, top_k }: RankingPolicy): Reading[] {
  const length: Reading = {
    kind: 'number',
    id: 'length',
    group: 'feed',
    label: 'length of the feed',
    value: top_k,
    min: 1,
    max: LONGEST_FEED,
    whole: true,
    turn: (policy, value) => ({ ...policy, top_k: Number(value) }),
  };
  if (diversity === null) return [length];
  const part = (name: 'decay' | 'floor', min: number): Reading => ({
    kind: 'number',
    id: name,
    group: 'feed',
    label: `diversity ${name}`,
    value: diversity[name],
    min,
    max: 1,
    stretch: () => [min, 1],
    turn: (policy, value) => ({ ...policy, diversity: { ...diversity, [name]: Number(value) } }),
  });
  return [part('decay', 0), part('floor', 0), length];
}

const withHead = (policy: RankingPolicy, name: string, part: Partial<PolicyHead>): RankingPolicy => ({
  ...policy,
  heads: policy.heads.map((head) => (head.name === name ? Object.assign({}, head, part) : head)),
});
