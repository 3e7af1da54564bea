/**
 * One logged request as a ranking policy sees it. Candidates stand in `ordinal` order (0, 1, 2, …): a list, or
 * `Candidates` where they may be in columns.
 */
export interface RankingRequest<List = readonly Candidate[]> {
  readonly requestId: string;
  readonly user: RankedUser;
  readonly candidates: List;
}

export interface RankedUser {
  readonly userId: string;
  readonly region: string | null;
  readonly attributes: Attributes;
}

export interface Candidate {
  readonly ordinal: number;
  readonly item: CandidateItem;
  /** 1 when the author is in the user's network, 0 when not. */
  readonly inNetwork: 0 | 1;
  readonly loggedPosition: number | null;
  readonly loggedScore: number | null;
  readonly propensity: number | null;
}

export interface CandidateItem {
  readonly itemId: string;
  readonly authorId: string | null;
  readonly caption: string | null;
  readonly category: string | null;
  readonly language: string | null;
  readonly durationMs: number | null;
  readonly uploadedAt: string | null;
  readonly attributes: Attributes;
  /** Names of the item's policy labels, each once. */
  readonly labels: readonly string[];
}

export type Attributes = Readonly<Record<string, string | number | boolean | null>>;

/** A model's outputs for one request by output name, each of length `candidates.length`, in ordinal order. */
export type HeadOutputs = Pick<ReadonlyMap<string, Float32Array>, 'get'>;

/** How a snapshot orders item ids (SQLite's order for the type it stores); settles ties in a ranking. */
export type IdOrder = 'integer' | 'text';
