import type { Database } from 'better-sqlite3';
import { newestCampaign } from '../../database/review/campaigns.ts';
import { countEscalations } from '../../database/review/escalations.ts';
import { decisionCount } from '../../database/review/judgements.ts';
import { workspacePaths, type Workspace } from '../../database/workspace/open.ts';
import type { WorkerPool } from '../../workers/pool.ts';
import { summedUp, type DigestedReport } from './sum-up.ts';

/** From so many decisions on a report is summed up on a thread of its own. */
const LONG = 20_000;

/** Where reports are made: without threads, as in the command line, they are summed up here and now. */
export interface ReportSource {
  readonly workspace: Pick<Workspace, 'db' | 'folder'>;
  readonly pool: Pick<WorkerPool, 'ask'> | null;
}

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
export function reportOf(source: ReportSource, id: string, long = LONG): Promise<DigestedReport> {
  const { db } = source.workspace;
  const kept = KEPT.get(db) ?? new Map<string, Kept>();
  KEPT.set(db, kept);
  const state = stateOf(db, id);
  const last = kept.get(id);
  if (last?.state === state) return last.found;
  const made = { state, found: sumUp(source, id, long) };
  kept.set(id, made);
  made.found.catch(() => {
    if (kept.get(id) === made) kept.delete(id);
  });
  return made.found;
}

async function sumUp(
  { workspace: { db, folder }, pool }: ReportSource,
  id: string,
  long: number,
): Promise<DigestedReport> {
  if (pool === null || decisionCount(db, id) < long) return summedUp(db, id);
  return pool.ask('campaignReport', { path: workspacePaths(folder).database, campaign: id });
}

/** The newest campaign's report on a release, for the evidence of a sign-off; null while there is none. */
export async function reviewOfRelease(source: ReportSource, release: string): Promise<DigestedReport | null> {
  const campaign = newestCampaign(source.workspace.db, release);
  return campaign === null ? null : reportOf(source, campaign);
}
