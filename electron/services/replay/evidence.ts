import type { GateEvidence } from '../../../shared/domain/gates/judge.ts';
import type { ReplayReport } from '../../../shared/domain/replay/report.ts';
import type { Bundle } from '../releases/bundle.ts';

const DAY = 86_400_000;

/**
 * What gates judge of a release: a report in which it is the candidate, and its bundle (opened, therefore hashed).
 * A finished report shows that the features fit, because nothing is replayed before they are compared.
 * Without the bundle the facts about it are unknown.
 */
export function gateEvidence(report: ReplayReport, bundle: Bundle | null, now: Date): GateEvidence {
  const { snapshot, candidate, recheck } = report;
  const outputs = new Set(bundle?.outputs.map(({ name }) => name));
  return {
    report,
    facts: {
      bundleIntact: bundle === null ? null : bundle.digest === candidate.digest,
      trainingJurisdictions: [
        ...new Set(bundle?.trainingData.datasets.map(({ jurisdiction }) => jurisdiction)),
      ],
      featuresEqual: bundle === null ? null : bundle.digest === candidate.digest,
      headsComplete: bundle === null ? null : bundle.policy.heads.every(({ output }) => outputs.has(output)),
      replayExact: recheck === undefined || recheck.requests === 0 ? null : recheck.differing === 0,
      snapshotJurisdiction: snapshot.jurisdiction,
      snapshotAgeDays: Math.max(0, (now.getTime() - Date.parse(snapshot.created_at)) / DAY),
    },
  };
}
