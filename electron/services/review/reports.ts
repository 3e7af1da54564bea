import type { Database } from 'better-sqlite3';
import { listCampaigns } from '../../database/review/campaigns.ts';
import { countEscalations } from '../../database/review/escalations.ts';
import { decisionCount } from '../../database/review/judgements.ts';
import { workspacePaths } from '../../database/workspace/open.ts';
import type { ServiceContext } from '../context.ts';
import { summedUp, type DigestedReport } from './sum-up.ts';

/** From so many decisions on a report is summed up on a thread of its own. */
const LONG = 20_000;

/** The last report of each campaign with what it was made from, so that it is summed up once for a state of the work. */
const KEPT = new WeakMap<Database, Map<string, { readonly state: string; readonly found: DigestedReport }>>();

/** What a report changes with. */
function stateOf(db: Database, id: string): string {
  const { open, closed } = countEscalations(db, id);
  return `${decisionCount(db, id)} ${open} ${closed}`;
}

function kept(db: Database, id: string): DigestedReport | null {
  const last = KEPT.get(db)?.get(id);
  return last?.state === stateOf(db, id) ? last.found : null;
}

function keep(db: Database, id: string, state: string, found: DigestedReport): DigestedReport {
  KEPT.set(db, (KEPT.get(db) ?? new Map()).set(id, { state, found }));
  return found;
}

/** A campaign's report, summed up here and now unless it is known. */
export function reportOf(db: Database, id: string): DigestedReport {
  const state = stateOf(db, id);
  return kept(db, id) ?? keep(db, id, state, summedUp(db, id));
}

/** A campaign's report; that of a long one is summed up on a thread of its own. */
export async function reportAside(
  { workspace: { db, folder }, pool }: Pick<ServiceContext, 'workspace' | 'pool'>,
  id: string,
): Promise<DigestedReport> {
  const state = stateOf(db, id);
  const found = kept(db, id);
  if (found !== null) return found;
  if (decisionCount(db, id) < LONG) return reportOf(db, id);
  return keep(
    db,
    id,
    state,
    await pool.ask('campaignReport', { path: workspacePaths(folder).database, campaign: id }),
  );
}

/** The newest campaign's report on a release, for the evidence of a sign-off; null while there is none. */
export function reviewOfRelease(db: Database, release: string): DigestedReport | null {
  const campaign = listCampaigns(db).find(({ definition }) => definition.release === release);
  return campaign === undefined ? null : reportOf(db, campaign.id);
}
