import type { CandidateColumns } from '../../../shared/domain/ranking/candidate-columns.ts';
import type { Candidate, RankingRequest } from '../../../shared/domain/ranking/request.ts';

/** A request with its numbers. */
export interface SnapshotRequest<List = readonly Candidate[]> extends RankingRequest<List> {
  readonly requestedAt: string;
  readonly surface: string;
  /** Row-major [candidates × features]. */
  readonly features: Float32Array;
  /** Row-major [candidates × signals], NaN where nothing was observed. */
  readonly feedback: Float32Array;
}

/** One of several that were read at once. */
export type ColumnRequest = SnapshotRequest<CandidateColumns>;
