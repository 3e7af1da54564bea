import { z } from 'zod';
import { PolicyChange } from '../domain/formula/diff.ts';
import { Finding } from '../domain/formula/findings.ts';
import { Formula } from '../domain/formula/formula.ts';
import { FormulaWorth } from '../domain/formula/worth.ts';
import { RankingPolicy } from '../domain/ranking/policy.ts';
import { Measure } from '../domain/replay/report.ts';
import { changes } from './changes.ts';
import { channel, Nothing } from './channel.ts';
import { graph } from './graph.ts';
import { importance } from './importance.ts';
import { neighbours } from './neighbours.ts';
import { Attributes } from './replay.ts';
import { tensors } from './tensors.ts';

/** A formula that others published, to compare one's own against. */
export const ReferenceRow = z.object({
  id: z.string(),
  title: z.string(),
  published: z.string(),
  sources: z.array(z.object({ title: z.string(), url: z.string() })),
  note: z.string(),
  formula: Formula,
  findings: z.array(Finding),
});
export type ReferenceRow = z.infer<typeof ReferenceRow>;

/** What a release's formula is compared with: its parent, another release, or a published formula. */
export const Comparison = z.object({
  title: z.string(),
  formula: Formula,
  /** What differs, in words; null when one of the two cannot rank, a template for example. */
  changes: z.array(PolicyChange).nullable(),
});

export const FormulaDetail = z.object({
  release: z.string(),
  title: z.string(),
  formula: Formula,
  policy: RankingPolicy,
  findings: z.array(Finding),
  /** By head: the version of the release, this one or an ancestor in the workspace, since which its weight is what it is. */
  since: z.record(z.string(), z.string()),
  comparison: Comparison.nullable(),
});
export type FormulaDetail = z.infer<typeof FormulaDetail>;

const CandidateItem = z.object({
  itemId: z.string(),
  authorId: z.string().nullable(),
  caption: z.string().nullable(),
  category: z.string().nullable(),
  language: z.string().nullable(),
  durationMs: z.number().nullable(),
  uploadedAt: z.string().nullable(),
  attributes: Attributes,
  labels: z.array(z.string()),
});

/** A request with the model's outputs, so that the window ranks it again by itself while weights move. */
export const KeptFeed = z.object({
  request: z.object({
    requestId: z.string(),
    user: z.object({ userId: z.string(), region: z.string().nullable(), attributes: Attributes }),
    candidates: z.array(
      z.object({
        ordinal: z.int(),
        item: CandidateItem,
        inNetwork: z.union([z.literal(0), z.literal(1)]),
        loggedPosition: z.number().nullable(),
        loggedScore: z.number().nullable(),
        propensity: z.number().nullable(),
      }),
    ),
  }),
  idOrder: z.enum(['integer', 'text']),
  /** Float32 values, by candidate. */
  outputs: z.array(z.object({ name: z.string(), values: z.array(z.number()) })),
});
export type KeptFeed = z.infer<typeof KeptFeed>;

/** A what-if that was saved: a policy and what it changes, with no model, so it can never be signed. */
export const PolicyDraft = z.object({
  id: z.string(),
  name: z.string(),
  release: z.string(),
  /** SHA-256 of the policy's canonical JSON. */
  digest: z.string(),
  policy: RankingPolicy,
  changes: z.array(PolicyChange),
  createdAt: z.string(),
});
export type PolicyDraft = z.infer<typeof PolicyDraft>;

const OnSnapshot = z.object({ release: z.string(), snapshot: z.string() });

/** The scoring formula. */
export const formula = {
  /** `against`: digest of a release, or id of a published formula. */
  formula: channel(z.object({ release: z.string(), against: z.string().nullable() }), FormulaDetail),
  references: channel(Nothing, z.array(ReferenceRow)),
  /** What every weight is worth, on a sample of the snapshot's requests. */
  worth: channel(OnSnapshot, FormulaWorth),
  /** Of the sampled requests, the share whose first `depth` items change when one change, or all, are taken back. */
  effects: channel(
    OnSnapshot.extend({ against: z.string() }),
    z.object({
      requests: z.int(),
      depth: z.int(),
      all: z.number().nullable(),
      single: z.array(z.number().nullable()),
    }),
  ),
  /** Requests of the sample, in id order. */
  sample: channel(z.object({ snapshot: z.string() }), z.array(z.string())),
  keptFeed: channel(OnSnapshot.extend({ requestId: z.string() }), KeptFeed),
  /** Measures of the sampled requests under another policy (candidate) against the release's own (baseline). */
  whatIf: channel(
    OnSnapshot.extend({ policy: RankingPolicy }),
    z.object({ requests: z.int(), measures: z.array(Measure) }),
  ),
  /** Each with the digest by which it is replayed. */
  drafts: channel(z.object({ release: z.string() }), z.array(PolicyDraft.extend({ ranker: z.string() }))),
  saveDraft: channel(
    z.object({ release: z.string(), name: z.string().trim().min(1).max(100), policy: RankingPolicy }),
    PolicyDraft,
  ),
  removeDraft: channel(z.object({ id: z.string() }), Nothing),
};

export const weights = { ...formula, ...changes, ...neighbours, ...graph, ...importance, ...tensors };
