import { HEADS, type HeadName } from './heads.ts';

/** Weight of every head. */
export type Weights = Readonly<Record<HeadName, number>>;

export interface PolicyPlan {
  readonly weights: Weights;
  /** Factors for videos with a label. */
  readonly demotions: readonly { readonly name: string; readonly label: string; readonly factor: number }[];
}

const BOUNDS: Readonly<Record<HeadName, readonly [min: number, max: number]>> = {
  like: [0, 10],
  hate: [-500, 0],
  follow: [0, 50],
  comment: [0, 20],
  forward: [0, 20],
  long_view: [0, 50],
  play: [0, 1],
};

/** `policy.yaml` of a release: play time in seconds up to a minute, feeds of ten. */
export function policyText({ weights, demotions }: PolicyPlan): string {
  const heads = HEADS.map(({ name, output, kind }) => {
    const [min, max] = BOUNDS[name];
    const weight = `weight: ${weights[name]}, min: ${min}, max: ${max}`;
    const scale = kind === 'expectation' ? 'scale: 0.001, clamp: {min: 0, max: 60}, ' : '';
    return `  - {name: ${name}, output: ${output}, kind: ${kind}, ${scale}${weight}}`;
  });
  const multipliers = [
    '  - {name: unknown_duration, when: {field: item.duration_ms, eq: 0}, factor: 0.95}',
    ...demotions.map(
      ({ name, label, factor }) =>
        `  - {name: ${name}, when: {label: {any_of: [${label}]}}, factor: ${factor}}`,
    ),
  ];
  return [
    'version: 1',
    'heads:',
    ...heads,
    'multipliers:',
    ...multipliers,
    'filters:',
    '  - {name: policy_violation, when: {label: {any_of: [violence, minor_safety]}}}',
    'diversity: {by: item.author_id, decay: 0.5, floor: 0.25}',
    'top_k: 10',
    '',
  ].join('\n');
}
