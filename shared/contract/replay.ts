import { z } from 'zod';
import {
  AttributedChange,
  RankerRef,
  ReplayReport,
  ReplaySettings,
  RequestOutcome,
} from '../domain/replay/report.ts';
import { GateResult } from '../domain/gates/verdict.ts';
import { channel, Nothing, page, PageRequest } from './channel.ts';

export const ReplayRow = z.object({
  id: z.string(),
  snapshot: z.object({ digest: z.string(), name: z.string() }),
  baseline: RankerRef,
  candidate: RankerRef,
  settings: ReplaySettings,
  /** `interrupted`: Stateside ended before it did; what was finished is kept, and `resume` goes on with it. */
  state: z.enum(['queued', 'running', 'done', 'cancelled', 'failed', 'interrupted']),
  message: z.string().nullable(),
  createdAt: z.string(),
  requests: z.int(),
});
export type ReplayRow = z.infer<typeof ReplayRow>;

/** `reportDigest` is the SHA-256 of the report's canonical JSON. */
export const ReplayDetail = ReplayRow.extend({
  report: ReplayReport.nullable(),
  reportDigest: z.string().nullable(),
  gates: z.array(GateResult),
});
export type ReplayDetail = z.infer<typeof ReplayDetail>;

export const RequestSort = z.enum([
  'requestId',
  'candidates',
  'overlap',
  'rbo',
  'largestMove',
  'ndcgDifference',
  'labelledDifference',
]);
export type RequestSort = z.infer<typeof RequestSort>;

export const RequestRow = RequestOutcome.omit({ baseline: true, candidate: true }).extend({
  userId: z.string(),
  requestedAt: z.string(),
});
export type RequestRow = z.infer<typeof RequestRow>;

export const RequestQuery = PageRequest.extend({
  replayId: z.string(),
  sort: RequestSort,
  descending: z.boolean(),
  /** Part of a request id or user id. */
  search: z.string(),
  only: z.enum(['all', 'changed', 'first changed', 'labelled']),
});
export type RequestQuery = z.infer<typeof RequestQuery>;

/** An item whose exposure changed, and the request where it changed most. Exposure: sum of 1/log2(1 + rank). */
export const MovedItem = z.object({
  itemId: z.string(),
  feeds: z.object({ baseline: z.int(), candidate: z.int() }),
  exposure: z.object({ baseline: z.number(), candidate: z.number() }),
  requestId: z.string(),
});
export type MovedItem = z.infer<typeof MovedItem>;

export const Attributes = z.record(z.string(), z.union([z.string(), z.number(), z.boolean(), z.null()]));

export const FeedItem = z.object({
  itemId: z.string(),
  ordinal: z.int(),
  caption: z.string(),
  authorId: z.string().nullable(),
  category: z.string().nullable(),
  language: z.string().nullable(),
  durationMs: z.number().nullable(),
  uploadedAt: z.string().nullable(),
  inNetwork: z.boolean(),
  loggedPosition: z.number().nullable(),
  hasStill: z.boolean(),
  labels: z.array(z.object({ label: z.string(), source: z.string(), confidence: z.number().nullable() })),
  /** Observed feedback; null where nothing was observed. */
  feedback: z.array(z.object({ signal: z.string(), value: z.number().nullable() })),
  attributes: Attributes,
});
export type FeedItem = z.infer<typeof FeedItem>;

export const HeadArithmetic = z.object({
  name: z.string(),
  /** The model's raw output. */
  output: z.number(),
  /** After scale and clamp. */
  value: z.number(),
  weight: z.number(),
  contribution: z.number(),
});

export const ScoreStep = z.object({
  name: z.string(),
  factor: z.number(),
  before: z.number(),
  after: z.number(),
});

/** One item's whole arithmetic under one ranker: Σ contribution = baseScore, steps lead to finalScore. */
export const ItemArithmetic = z.object({
  itemId: z.string(),
  /** From 1; null when a filter removed the item or the feed was cut before it. */
  position: z.int().nullable(),
  /** The place among all items no filter removed, from 1; null when removed. */
  rank: z.int().nullable(),
  removedBy: z.string().nullable(),
  heads: z.array(HeadArithmetic),
  baseScore: z.number(),
  multipliers: z.array(ScoreStep),
  /** The step of the diversity rule; null when the policy has none or the item has no author. */
  diversity: ScoreStep.nullable(),
  finalScore: z.number(),
  /** The item ranked just below, and the smallest single weight change that would swap them. */
  beats: z
    .object({
      itemId: z.string(),
      rank: z.int(),
      margin: z.number(),
      swap: z.object({ head: z.string(), weight: z.number(), needed: z.number() }).nullable(),
    })
    .nullable(),
});
export type ItemArithmetic = z.infer<typeof ItemArithmetic>;

/** One ranker's feed of a request: every candidate, in rank order, removed ones last. */
export const FeedSide = z.object({
  ranker: RankerRef,
  topK: z.int(),
  /** What may be weighed, and how far, in the order of every item's heads. */
  heads: z.array(z.object({ name: z.string(), weight: z.number(), min: z.number(), max: z.number() })),
  items: z.array(ItemArithmetic),
});
export type FeedSide = z.infer<typeof FeedSide>;

export const FeedComparison = z.object({
  snapshot: z.object({ digest: z.string(), name: z.string() }),
  request: z.object({
    requestId: z.string(),
    userId: z.string(),
    region: z.string().nullable(),
    requestedAt: z.string(),
    surface: z.string(),
    userAttributes: Attributes,
  }),
  items: z.array(FeedItem),
  /** How ties are settled: by the smaller id, as a number or as text. */
  idOrder: z.enum(['integer', 'text']),
  baseline: FeedSide,
  candidate: FeedSide,
});
export type FeedComparison = z.infer<typeof FeedComparison>;

/** Where an item stands (from 1; one past the last where a filter removes it), and what moved it. */
export const AttributedMove = AttributedChange.omit({ id: true }).extend({
  itemId: z.string(),
  baseline: z.int(),
  candidate: z.int(),
});
export type AttributedMove = z.infer<typeof AttributedMove>;

/** What changed one feed: its measures, and every item's move, largest first. */
export const FeedAttribution = z.object({
  measures: z.array(AttributedChange),
  moves: z.array(AttributedMove),
});
export type FeedAttribution = z.infer<typeof FeedAttribution>;

const OneFeed = z.object({
  snapshot: z.string(),
  baseline: z.string(),
  candidate: z.string(),
  requestId: z.string(),
});

export const ReplayInput = z.object({
  snapshot: z.string(),
  baseline: z.string(),
  candidate: z.string(),
  settings: ReplaySettings,
});
export type ReplayInput = z.infer<typeof ReplayInput>;

/** What a replay will cost on this machine. */
export const ReplayEstimate = z.object({
  requests: z.int(),
  /** Requests of the longest trial it rests on. */
  trial: z.int(),
  seconds: z.number(),
});
export type ReplayEstimate = z.infer<typeof ReplayEstimate>;

export const replay = {
  list: channel(Nothing, z.array(ReplayRow)),
  get: channel(z.object({ id: z.string() }), ReplayDetail),
  /** Starts a job, which runs when those before it have ended; the answer comes at once. */
  start: channel(ReplayInput, z.object({ replayId: z.string(), jobId: z.string() })),
  /** Goes on with a replay that was interrupted, from its last finished block; its report is what it would have been. */
  resume: channel(z.object({ id: z.string() }), z.object({ jobId: z.string() })),
  /** How long that would take, tried on a few requests; refused as the replay itself would be. */
  estimate: channel(ReplayInput, ReplayEstimate),
  requests: channel(RequestQuery, page(RequestRow)),
  feed: channel(OneFeed, FeedComparison),
  /** Of a feed's change, what comes from model, weights, multipliers, filters and diversity. */
  attribution: channel(OneFeed.extend({ topK: ReplaySettings.shape.topK }), FeedAttribution),
  /** What can be replayed on a snapshot, named by digest: releases, newest first, each with its drafts; then the logged order. */
  rankers: channel(z.object({ snapshot: z.string() }), z.array(RankerRef)),
  /** Attributes that the requests of a snapshot can be sliced and (users' and requests' ones) stratified by. */
  attributes: channel(z.object({ snapshot: z.string() }), z.array(z.string())),
  /** The items whose exposure changed most, largest change first. */
  movedItems: channel(z.object({ id: z.string() }), z.array(MovedItem)),
  remove: channel(z.object({ id: z.string() }), Nothing),
};
