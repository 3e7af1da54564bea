import * as fc from 'fast-check';
import { parsePolicy } from '../../../../shared/domain/ranking/parse-policy.ts';
import type { RankingPolicy } from '../../../../shared/domain/ranking/policy.ts';
import type {
  Candidate,
  CandidateItem,
  HeadOutputs,
  RankingRequest,
} from '../../../../shared/domain/ranking/request.ts';

/** A policy with a rule of every kind. */
export const POLICY_TEXT = `version: 1
heads:
  - {name: like, output: p_like, kind: probability, weight: 0.5, min: 0, max: 10}
  - {name: play, output: e_play_ms, kind: expectation, scale: 0.001, weight: 0.004, clamp: {min: 0, max: 60}}
  - {name: hate, output: p_hate, kind: probability, weight: -74, min: -500, max: 0}
multipliers:
  - {name: out_of_network, when: {field: candidate.in_network, eq: 0}, factor: 0.75}
filters:
  - {name: policy_violation, when: {label: {any_of: [violence, minor_safety]}}}
diversity: {by: item.author_id, decay: 0.5, floor: 0.25}
top_k: 20
`;
export const POLICY = parsePolicy(POLICY_TEXT, 'policy.yaml');

/** One head `x` of weight 1, so that outputs are scores; `rest` is further YAML. */
export const scorePolicy = (rest = '', head = 'weight: 1'): RankingPolicy =>
  parsePolicy(
    `version: 1\nheads: [{name: x, output: x, kind: expectation, ${head}}]\ntop_k: 5\n${rest}`,
    'p.yaml',
  );

type CandidateFields = Partial<Omit<Candidate, 'item'>> & Partial<CandidateItem>;

export function candidate(itemId: string, fields: CandidateFields = {}): Candidate {
  const {
    ordinal = 0,
    inNetwork = 1,
    loggedPosition = null,
    loggedScore = null,
    propensity = null,
    ...item
  } = fields;
  return {
    ordinal,
    inNetwork,
    loggedPosition,
    loggedScore,
    propensity,
    item: {
      itemId,
      authorId: null,
      caption: null,
      category: null,
      language: null,
      durationMs: null,
      uploadedAt: null,
      attributes: {},
      labels: [],
      ...item,
    },
  };
}

export function request(...candidates: Candidate[]): RankingRequest {
  return {
    requestId: 'r1',
    user: { userId: 'u1', region: 'US', attributes: { age_band: '25-34' } },
    candidates: candidates.map((one, ordinal) => Object.assign(structuredClone(one), { ordinal })),
  };
}

export const outputs = (values: Record<string, number[]>): HeadOutputs =>
  new Map(Object.entries(values).map(([name, numbers]) => [name, Float32Array.from(numbers)]));

/** A candidate with its outputs for `POLICY`'s heads, so that shuffling keeps them together. */
export interface Drawn {
  readonly candidate: Candidate;
  readonly like: number;
  readonly play: number;
  readonly hate: number;
}

/** Coarse outputs, so that ties happen; few authors, so that diversity acts; some labels, so that filters do. */
export const drawnRequest: fc.Arbitrary<Drawn[]> = fc.uniqueArray(
  fc.record({
    candidate: fc
      .record({
        id: fc.integer({ min: 1, max: 10_000 }),
        inNetwork: fc.constantFrom<0 | 1>(0, 1),
        authorId: fc.constantFrom('a', 'b', 'c', null),
        labels: fc.constantFrom<string[]>([], [], [], ['violence'], ['spam']),
      })
      .map(({ id, ...fields }) => candidate(String(id), fields)),
    like: fc.integer({ min: 0, max: 4 }).map((n) => n / 4),
    play: fc.integer({ min: -1, max: 4 }).map((n) => n * 20_000),
    hate: fc.integer({ min: 0, max: 2 }).map((n) => n / 128),
  }),
  { selector: (drawn) => drawn.candidate.item.itemId, maxLength: 40 },
);

export function rankable(drawn: readonly Drawn[]): { request: RankingRequest; outputs: HeadOutputs } {
  return {
    request: request(...drawn.map(({ candidate }) => candidate)),
    outputs: outputs({
      p_like: drawn.map(({ like }) => like),
      e_play_ms: drawn.map(({ play }) => play),
      p_hate: drawn.map(({ hate }) => hate),
    }),
  };
}
