import { LOGGED_POLICY, loggedRanking } from '../../../shared/domain/ranking/logged.ts';
import type { RankingPolicy } from '../../../shared/domain/ranking/policy.ts';
import { rankRequest, rankScored, type Ranking } from '../../../shared/domain/ranking/rank.ts';
import type { Candidates } from '../../../shared/domain/ranking/candidate-columns.ts';
import type { HeadOutputs, IdOrder, RankingRequest } from '../../../shared/domain/ranking/request.ts';
import type { RankerRef } from '../../../shared/domain/replay/report.ts';
import type { SnapshotInfo } from '../../../shared/domain/snapshot/meta.ts';
import type { Model } from '../../workers/model.ts';
import type { Bundle } from '../releases/bundle.ts';
import { canonicalDigest } from '../signoff/digest.ts';

/** What a worker needs of a release or draft to rank with it. */
export interface Ranker {
  readonly digest: string;
  readonly modelPath: string;
  /** SHA-256 of the model's bytes: rankers with the same model share one inference. */
  readonly modelSha256: string;
  readonly policy: RankingPolicy;
}

/** The order the log holds. */
export interface LoggedOrder {
  readonly digest: string;
  readonly modelPath: null;
  readonly modelSha256: null;
  readonly policy: RankingPolicy;
}

export type AnyRanker = Ranker | LoggedOrder;

/** A ranker with its model open. */
export interface OpenRanker extends Ranker {
  readonly model: Model;
}
export type AnyOpenRanker = OpenRanker | (LoggedOrder & { readonly model: null });

/** A ranker to be replayed, and what reports call it. `bundle`: where its model and features come from. */
export interface Contestant {
  readonly ranker: AnyRanker;
  readonly ref: RankerRef;
  readonly bundle: Bundle | null;
}

export function rankerOf({ digest, modelPath, files, policy }: Bundle): Ranker {
  const modelSha256 = files.find(({ path }) => path === 'model.onnx')?.sha256 ?? digest;
  return { digest, modelPath, modelSha256, policy };
}

/** A release as reports and windows name it. */
export function refOf({
  digest,
  manifest: { name, version, team },
}: Pick<Bundle, 'digest' | 'manifest'>): RankerRef {
  return { name, version, team, digest };
}

export function releaseContestant(bundle: Bundle): Contestant {
  return { ranker: rankerOf(bundle), ref: refOf(bundle), bundle };
}

/** A draft is named by its release and its own name; its digest covers release and policy, so it is no release's. */
export function draftRef(
  release: Pick<Bundle, 'digest' | 'manifest'>,
  draft: { readonly name: string; readonly digest: string },
): RankerRef {
  const { name, version, team } = release.manifest;
  const digest = canonicalDigest({ draft: draft.digest, release: release.digest });
  return { name, version: `${version} with “${draft.name}”`, team, digest, kind: 'draft' };
}

export function draftContestant(
  bundle: Bundle,
  draft: { readonly name: string; readonly digest: string; readonly policy: RankingPolicy },
): Contestant {
  const ref = draftRef(bundle, draft);
  return { ranker: { ...rankerOf(bundle), digest: ref.digest, policy: draft.policy }, ref, bundle };
}

/** Named by its snapshot; it counts as the US team's where the snapshot's users are in the US. */
export function loggedRef({ digest, meta }: Pick<SnapshotInfo, 'digest' | 'meta'>): RankerRef {
  return {
    name: 'logged order',
    version: meta.name,
    team: meta.jurisdiction === 'US' ? 'us' : 'global',
    digest: canonicalDigest({ loggedOrder: digest }),
    kind: 'logged',
  };
}

export function loggedContestant(snapshot: Pick<SnapshotInfo, 'digest' | 'meta'>): Contestant {
  const ref = loggedRef(snapshot);
  const ranker = { digest: ref.digest, modelPath: null, modelSha256: null, policy: LOGGED_POLICY };
  return { ranker, ref, bundle: null };
}

/** What a request is ranked from. */
export interface Ranked {
  readonly request: RankingRequest<Candidates>;
  readonly outputs: HeadOutputs;
  readonly idOrder: IdOrder;
  /** `baseScores` of the request, where they are known already. */
  readonly scores?: Float64Array | null;
  /** As `rankScored` takes it. */
  readonly depth?: number;
}

/** Ranks a request by whatever the ranker goes by. */
export function rankBy(
  { modelPath, policy }: AnyRanker,
  { request, outputs, idOrder, scores = null, depth }: Ranked,
): Ranking {
  if (modelPath === null) return loggedRanking(request, idOrder);
  return scores === null
    ? rankRequest(policy, request, outputs, idOrder)
    : rankScored(policy, request, scores, idOrder, depth);
}
