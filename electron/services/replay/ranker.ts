import type { RankingPolicy } from '../../../shared/domain/ranking/policy.ts';
import type { RankerRef } from '../../../shared/domain/replay/report.ts';
import type { Model } from '../../workers/model.ts';
import type { Bundle } from '../releases/bundle.ts';

/** What a worker needs of a release to rank with it. */
export interface Ranker {
  readonly digest: string;
  readonly modelPath: string;
  /** SHA-256 of the model's bytes: rankers with the same model share one inference. */
  readonly modelSha256: string;
  readonly policy: RankingPolicy;
}

/** A ranker with its model open. */
export interface OpenRanker extends Ranker {
  readonly model: Model;
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
