import { diffPolicies } from '../../../shared/domain/formula/diff.ts';
import { undoChange } from '../../../shared/domain/formula/undo.ts';
import type { RankingPolicy } from '../../../shared/domain/ranking/policy.ts';
import type { SnapshotInfo } from '../../../shared/domain/snapshot/meta.ts';
import type { WorkerPool } from '../../workers/pool.ts';
import type { Bundle } from '../releases/bundle.ts';
import { requireFit } from '../replay/fit.ts';
import { rankerOf } from '../replay/ranker.ts';

/** How deep a feed is looked at when it is said to change. */
const CHANGED_DEPTH = 10;

/** Shares of the sampled requests whose first `depth` items change; null where the model lacks an output that is needed. */
export interface PolicyEffects {
  readonly requests: number;
  readonly depth: number;
  /** Under the former policy. */
  readonly all: number | null;
  /** With one change taken back, in the order of `diffPolicies`. */
  readonly single: readonly (number | null)[];
}

/** What a release's changes of policy do to feeds: how many change when all, or one, of them are taken back. */
export async function policyEffects(
  pool: WorkerPool,
  bundle: Bundle,
  former: RankingPolicy,
  snapshot: SnapshotInfo,
): Promise<PolicyEffects> {
  const { policy, outputs } = bundle;
  const { path, digest } = snapshot;
  requireFit(snapshot, bundle);
  const depth = Math.min(CHANGED_DEPTH, policy.top_k);
  const policies = [
    former,
    ...diffPolicies(former, policy).map((change) => undoChange(former, policy, change)),
  ];
  const rankable = policies.map(
    ({ heads }) =>
      heads.length > 0 && heads.every(({ output }) => outputs.some(({ name }) => name === output)),
  );
  const { requests, shares } = await pool.ask('feedsChanged', {
    snapshot: { path, digest },
    ranker: rankerOf(bundle),
    depth,
    policies: policies.filter((_, at) => rankable[at]),
  });
  const left = [...shares];
  const [all = null, ...single] = rankable.map((can) => (can ? (left.shift() ?? null) : null));
  return { requests, depth, all, single };
}
