import { randomBytes } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import type { ReplayInput } from '../../../shared/contract/replay.ts';
import { z } from 'zod';
import { judgeGates } from '../../../shared/domain/gates/judge.ts';
import { parseGateRules } from '../../../shared/domain/gates/rules.ts';
import { canonicalJson } from '../../../shared/domain/statements/canonical-json.ts';
import { workspacePaths } from '../../database/workspace/open.ts';
import { dropRequests, keepRequests } from '../../database/workspace/replay-requests.ts';
import { endReplay, finishReplay, insertReplay, runningReplays } from '../../database/workspace/replays.ts';
import { getSnapshot } from '../../database/workspace/snapshots.ts';
import { errorValue } from '../../workers/envelope.ts';
import type { ServiceContext } from '../context.ts';
import type { Progress } from '../jobs/jobs.ts';
import { canonicalDigest, sha256Hex } from '../signoff/digest.ts';
import type { ReplayedRequest } from './compare.ts';
import { contestantNamed, refNamed } from './contestants.ts';
import { gateEvidence } from './evidence.ts';
import type { Contestant } from './ranker.ts';
import { runReplay } from './run.ts';

type Input = z.infer<typeof ReplayInput>;

/** Requests of one transaction: enough that waiting for the disk does not count. */
const KEPT_AT_ONCE = 2000;

/** Notes a replay and starts it as a job. What it keeps appears whole when it is done; a cancelled one keeps nothing. */
export function startReplay(context: ServiceContext, input: Input): { replayId: string; jobId: string } {
  const { workspace, log, jobs, actor, now, changed } = context;
  const { db } = workspace;
  const id = randomBytes(5).toString('hex');
  const { info } = getSnapshot(db, input.snapshot);
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
  const jobId = jobs.start({
    title: `Replay of ${candidate.name} ${candidate.version}`,
    route: `/replay/${id}`,
    unit: 'requests',
    total: Math.min(input.settings.limit ?? Infinity, info.counts.requests),
    run: async (progress, signal) => {
      try {
        const requests = await replay(context, id, input, progress, signal);
        return `${requests} requests replayed.`;
      } catch (error) {
        end(context, id, signal.aborted ? 'cancelled' : 'failed', errorValue(error).message);
        throw error;
      } finally {
        changed('replay', 'signoff', 'workspace', 'audit');
      }
    },
  });
  changed('replay', 'audit', 'workspace');
  return { replayId: id, jobId };
}

/** Replays that were running when the program last ended did not finish, and nothing half stays of them. */
export function endInterrupted(context: ServiceContext): void {
  for (const id of runningReplays(context.workspace.db)) {
    end(context, id, 'interrupted', 'Stateside ended before the replay did; start it again.');
  }
}

async function replay(
  context: ServiceContext,
  id: string,
  { snapshot, baseline, candidate, settings }: Input,
  progress: Progress,
  signal: AbortSignal,
): Promise<number> {
  const { workspace, pool, log, snapshotFiles, actor, now } = context;
  const { db, folder } = workspace;
  const { info } = getSnapshot(db, snapshot);
  const gatesFile = workspacePaths(folder).gates;
  const rules = parseGateRules(await readFile(gatesFile, 'utf8'), gatesFile);
  await snapshotFiles.require(info);
  const candidateRanker = await contestantNamed(context, candidate, snapshot, { fresh: true });
  const baselineRanker = await contestantNamed(context, baseline, snapshot, { fresh: true });
  let waiting: ReplayedRequest[] = [];
  const keep = db.transaction(() => keepRequests(db, id, waiting));
  const report = await runReplay({
    pool,
    snapshot: info,
    baseline: baselineRanker,
    candidate: candidateRanker,
    settings,
    signal,
    progress,
    take(block) {
      waiting.push(...block);
      if (waiting.length < KEPT_AT_ONCE) return;
      keep.immediate();
      waiting = [];
    },
  });
  const json = canonicalJson(report);
  const reportDigest = sha256Hex(json);
  const at = now();
  const gates = judgeGates(rules, gateEvidence(report, releaseOf(candidateRanker), new Date(at)));
  db.transaction(() => {
    keepRequests(db, id, waiting);
    finishReplay(db, id, {
      report: json,
      reportDigest,
      requests: report.requests,
      gates,
      gatesDigest: canonicalDigest(rules),
    });
    const verdicts = gates.map(({ name, verdict }) => ({ name, verdict }));
    log.append({ at, actor, action: 'replay.finish', subject: id, body: { reportDigest, gates: verdicts } });
  }).immediate();
  return report.requests;
}

/** The bundle that facts about a release are read from; a draft or the logged order is none. */
const releaseOf = ({ ref, bundle }: Contestant): Contestant['bundle'] =>
  ref.kind === undefined ? bundle : null;

function end(
  context: ServiceContext,
  id: string,
  state: 'cancelled' | 'failed' | 'interrupted',
  message: string,
): void {
  const { workspace, log, actor, now } = context;
  const { db } = workspace;
  db.transaction(() => {
    dropRequests(db, id);
    endReplay(db, id, state, message);
    log.append({ at: now(), actor, action: `replay.${state}`, subject: id, body: { message } });
  }).immediate();
}
