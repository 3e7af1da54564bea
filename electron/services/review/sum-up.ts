import type { Database } from 'better-sqlite3';
import { campaignReport, type CampaignReport } from '../../../shared/domain/review/report.ts';
import { getCampaign, getLibrary } from '../../database/review/campaigns.ts';
import { countEscalations } from '../../database/review/escalations.ts';
import { judgementsOf, opinionOf } from '../../database/review/judgements.ts';
import type { Told } from '../../database/review/told.ts';
import { canonicalDigest } from '../signoff/digest.ts';
import { Random } from '../snapshots/synth/random.ts';

/** A report and the SHA-256 of its canonical JSON. */
export interface DigestedReport {
  readonly report: CampaignReport;
  readonly digest: string;
}

/** Sums a campaign up from the decisions in force. The bootstrap is seeded, so the same decisions give the same report. */
export function summedUp(db: Database, id: string, told?: Told): DigestedReport {
  const { definition } = getCampaign(db, id);
  const report = campaignReport({
    ...{ id, campaign: definition, judgements: judgementsOf(db, id, told) },
    escalations: countEscalations(db, id),
    policies: getLibrary(db, definition.policies).policies,
    opinion: ({ seq }) => opinionOf(db, seq),
    source: Random.seeded(definition.seed),
  });
  return { report, digest: canonicalDigest(report) };
}
