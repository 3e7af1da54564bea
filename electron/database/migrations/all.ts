import { foundation } from './0001-foundation.ts';
import { witness } from './0002-witness.ts';
import { policyDraft } from './0003-policy-draft.ts';
import { review } from './0004-review.ts';
import { lifecycle } from './0005-lifecycle.ts';
import { releaseChanges } from './0006-release-changes.ts';
import { reviewWork } from './0007-review-work.ts';
import { gateRules } from './0008-gate-rules.ts';
import { rankers } from './0009-rankers.ts';
import { featureImportance } from './0010-feature-importance.ts';
import { replayQueue } from './0011-replay-queue.ts';
import { reviewFind } from './0012-review-find.ts';
import { gateVersions } from './0013-gate-versions.ts';
import { logAppend } from './0014-log-append.ts';
import { tensorStatistics } from './0015-tensor-statistics.ts';
import { reviewTallies } from './0016-review-tallies.ts';
import { rosterAlarm } from './0017-roster-alarm.ts';
import { reviewSeverity } from './0018-review-severity.ts';
import { frozenDocument } from './0019-frozen-document.ts';
import { reviewCoverage } from './0020-review-coverage.ts';
import type { Migration } from './migration.ts';

/** Every migration in order; the last one's version is what this Stateside writes. */
export const migrations: readonly Migration[] = [
  foundation,
  witness,
  policyDraft,
  review,
  lifecycle,
  releaseChanges,
  reviewWork,
  gateRules,
  rankers,
  featureImportance,
  replayQueue,
  reviewFind,
  gateVersions,
  logAppend,
  tensorStatistics,
  reviewTallies,
  rosterAlarm,
  reviewSeverity,
  frozenDocument,
  reviewCoverage,
];

export const latestVersion: number = migrations.at(-1)?.version ?? 0;
