import { randomBytes } from 'node:crypto';
import { existsSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import type { ReplayInput, ReplayRow } from '../../../shared/contract/replay.ts';
import { refused } from '../../../shared/domain/error.ts';
import { canonicalJson } from '../../../shared/domain/statements/canonical-json.ts';
import { workspacePaths } from '../../database/workspace/open.ts';
import {
  beginReplay,
  getReplay,
  insertReplay,
  queueReplay,
  replaysIn,
} from '../../database/workspace/replays.ts';
import { getSnapshot } from '../../database/workspace/snapshots.ts';
import type { ServiceContext } from '../context.ts';
import { refNamed } from './contestants.ts';
import { interrupt, journalOf, stopped } from './ending.ts';
import { requestsIn } from './journal.ts';
import { replay } from './job.ts';

type Input = z.infer<typeof ReplayInput>;

/** Replays run one at a time, because one keeps every thread of the pool busy. */
const LANE = 'replay';

/** Notes a replay and puts it in line as a job. What it comes to appears whole when it is done; a cancelled one keeps nothing. */
export function startReplay(context: ServiceContext, input: Input): { replayId: string; jobId: string } {
  const { workspace, log, actor, now } = context;
  const { db } = workspace;
  const id = randomBytes(5).toString('hex');
  getSnapshot(db, input.snapshot);
  const baseline = refNamed(db, input.baseline, input.snapshot);
  const candidate = refNamed(db, input.candidate, input.snapshot);
  db.transaction(() => {
    const createdAt = now();
    insertReplay(db, { id, ...input, baseline, candidate, createdAt });
    log.append({
      at: createdAt,
      actor,
      action: 'replay.start',
      subject: id,
      body: z.json().parse(JSON.parse(canonicalJson(input))),
    });
  }).immediate();
  return { replayId: id, jobId: putInLine(context, id) };
}

/** Puts an interrupted replay in line again; it goes on from its last finished block. */
export function resumeReplay(context: ServiceContext, id: string): { jobId: string } {
  const { workspace, log, actor, now } = context;
  const { db } = workspace;
  db.transaction(() => {
    const { state } = getReplay(db, id);
    if (state !== 'interrupted')
      throw refused(`Replay ${id} is ${state}, and only an interrupted one can be resumed; set it up again.`);
    queueReplay(db, id);
    log.append({
      at: now(),
      actor,
      action: 'replay.resume',
      subject: id,
      body: { requests: requestsIn(journalOf(workspace.folder, id)) },
    });
  }).immediate();
  return { jobId: putInLine(context, id) };
}

/**
 * After a start: replays that ran when the program last ended are interrupted and offered to be resumed, those that
 * waited are in line again, and blocks that no replay can go on from are removed.
 */
export function recoverReplays(context: ServiceContext): void {
  const { workspace, jobs } = context;
  const { db, folder } = workspace;
  for (const { id } of replaysIn(db, 'running')) interrupt(context, id);
  const interrupted = replaysIn(db, 'interrupted');
  const waiting = replaysIn(db, 'queued');
  for (const { id } of waiting) putInLine(context, id);
  const { journals } = workspacePaths(folder);
  const left = existsSync(journals) ? readdirSync(journals) : [];
  for (const replay of interrupted) {
    if (!left.includes(replay.id)) continue;
    jobs.tellInterrupted({
      ...workOf(context, replay),
      done: requestsIn(journalOf(folder, replay.id)),
      message: replay.message,
    });
  }
  const wanted = new Set([...interrupted, ...waiting].map(({ id }) => id));
  for (const name of left) if (!wanted.has(name)) rmSync(join(journals, name), { force: true });
}

/** Starts the job of a replay that is noted as waiting. */
function putInLine(context: ServiceContext, id: string): string {
  const { workspace, jobs, changed } = context;
  const noted = getReplay(workspace.db, id);
  const jobId = jobs.start({
    ...workOf(context, noted),
    lane: LANE,
    run: async (progress, signal) => {
      try {
        signal.throwIfAborted();
        beginReplay(workspace.db, id);
        changed('replay');
        const requests = await replay(context, id, inputOf(noted), progress, signal);
        return `${requests} requests replayed.`;
      } catch (error) {
        stopped(context, id, error, signal);
        throw error;
      } finally {
        changed('replay', 'signoff', 'workspace', 'audit');
      }
    },
  });
  changed('replay', 'audit', 'workspace');
  return jobId;
}

function workOf({ workspace: { db } }: ServiceContext, { id, snapshot, candidate, settings }: ReplayRow) {
  const { counts } = getSnapshot(db, snapshot.digest).info;
  return {
    title: `Replay of ${candidate.name} ${candidate.version}`,
    route: `/replay/${id}`,
    unit: 'requests',
    total: Math.min(settings.limit ?? Infinity, counts.requests),
  };
}

const inputOf = ({ snapshot, baseline, candidate, settings }: ReplayRow): Input => ({
  snapshot: snapshot.digest,
  baseline: baseline.digest,
  candidate: candidate.digest,
  settings,
});
