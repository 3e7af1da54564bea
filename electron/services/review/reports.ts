import type { Database } from 'better-sqlite3';
import { newestCampaign } from '../../database/review/campaigns.ts';
import { countEscalations } from '../../database/review/escalations.ts';
import { decisionCount } from '../../database/review/judgements.ts';
import { summedUp, type DigestedReport } from './sum-up.ts';
import { summedAside, type SumSource } from './sums-aside.ts';

interface Kept {
  readonly state: string;
  readonly found: Promise<DigestedReport>;
}

/** The last report of each campaign with what it was made from, so that it is summed up once for a state of the work. */
const KEPT = new WeakMap<Database, Map<string, Kept>>();

/** What a report changes with. */
function stateOf(db: Database, id: string): string {
  const { open, closed } = countEscalations(db, id);
  return `${decisionCount(db, id)} ${open} ${closed}`;
}

/**
 * A campaign's report; that of a long one is summed up on a thread of its own. Whoever asks while it is made waits for
 * the same one. `long`: the number of decisions from which it is a long one.
 */
export function reportOf(source: SumSource, id: string, long?: number): Promise<DigestedReport> {
  const { db } = source.workspace;
  const kept = KEPT.get(db) ?? new Map<string, Kept>();
  KEPT.set(db, kept);
  const state = stateOf(db, id);
  const last = kept.get(id);
  if (last?.state === state) return last.found;
  const found = summedAside(
    source,
    id,
    {
      ...{ title: 'Sum up a campaign', route: `/review/campaign/${id}/report` },
      here: () => summedUp(db, id),
      there: (threads, task) => threads.walk('campaignReport', task),
    },
    long,
  );
  kept.set(id, { state, found });
  found.catch(() => {
    if (kept.get(id)?.found === found) kept.delete(id);
  });
  return found;
}

/** The newest campaign's report on a release, for the evidence of a sign-off; null while there is none. */
export async function reviewOfRelease(source: SumSource, release: string): Promise<DigestedReport | null> {
  const campaign = newestCampaign(source.workspace.db, release);
  return campaign === null ? null : reportOf(source, campaign);
}
