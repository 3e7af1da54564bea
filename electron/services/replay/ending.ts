import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { workspacePaths } from '../../database/workspace/open.ts';
import { dropRequests } from '../../database/workspace/replay-requests.ts';
import { endReplay, getReplay } from '../../database/workspace/replays.ts';
import { errorValue } from '../../workers/envelope.ts';
import type { ServiceContext } from '../context.ts';
import { Closing } from '../jobs/jobs.ts';
import { requestsIn } from './journal.ts';

/** Notes why a replay came to nothing, or so far only to some of its blocks. */
export function stopped(context: ServiceContext, id: string, error: unknown, signal: AbortSignal): void {
  if (!(signal.reason instanceof Closing))
    end(context, id, signal.aborted ? 'cancelled' : 'failed', errorValue(error).message);
  else if (getReplay(context.workspace.db, id).state === 'running') interrupt(context, id);
}

export const journalOf = (folder: string, id: string): string => join(workspacePaths(folder).journals, id);

/** Removes the finished blocks of a replay that does not go on. */
export function dropJournal(folder: string, id: string): void {
  rmSync(journalOf(folder, id), { force: true });
}

/** Ends a replay for good; nothing half stays of it. */
function end(context: ServiceContext, id: string, state: 'cancelled' | 'failed', message: string): void {
  const { workspace, log, actor, now } = context;
  const { db, folder } = workspace;
  db.transaction(() => {
    dropRequests(db, id);
    endReplay(db, id, state, message);
    log.append({ at: now(), actor, action: `replay.${state}`, subject: id, body: { message } });
  }).immediate();
  dropJournal(folder, id);
}

/** Ends a replay for now; what it finished stays. */
export function interrupt({ workspace, log, actor, now }: ServiceContext, id: string): void {
  const { db, folder } = workspace;
  db.transaction(() => {
    const requests = requestsIn(journalOf(folder, id));
    const message = `Stateside ended before the replay did. ${requests.toLocaleString('en-US')} requests are finished and kept; resume it to go on from there.`;
    endReplay(db, id, 'interrupted', message);
    log.append({ at: now(), actor, action: 'replay.interrupted', subject: id, body: { message } });
  }).immediate();
}
