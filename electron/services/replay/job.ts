import type { ReplayInput } from '../../../shared/contract/replay.ts';
import type { z } from 'zod';
import { judgeGates } from '../../../shared/domain/gates/judge.ts';
import type { ReplayReport } from '../../../shared/domain/replay/report.ts';
import { canonicalJson } from '../../../shared/domain/statements/canonical-json.ts';
import { dropRequests, keepRequests, keptCount } from '../../database/workspace/replay-requests.ts';
import { finishReplay } from '../../database/workspace/replays.ts';
import { getSnapshot } from '../../database/workspace/snapshots.ts';
import manifest from '../../../package.json' with { type: 'json' };
import type { ServiceContext } from '../context.ts';
import type { Progress } from '../jobs/jobs.ts';
import { gatesRef, workspaceRules } from '../signoff/gate-rules.ts';
import { canonicalDigest, sha256Hex } from '../signoff/digest.ts';
import type { ReplayedRequest } from './compare.ts';
import { contestantNamed } from './contestants.ts';
import { dropJournal, journalOf } from './ending.ts';
import { gateEvidence } from './evidence.ts';
import { Journal, requestsIn } from './journal.ts';
import type { Contestant } from './ranker.ts';
import { runReplay } from './run.ts';

type Input = z.infer<typeof ReplayInput>;

/** Requests of one transaction: enough that waiting for the disk does not count. */
const KEPT_AT_ONCE = 2000;

/** Replays what is noted under an id; answers how many requests it covered. */
export async function replay(
  context: ServiceContext,
  id: string,
  { snapshot, baseline, candidate, settings }: Input,
  progress: Progress,
  signal: AbortSignal,
): Promise<number> {
  const { workspace, pool, log, snapshotFiles, actor, now } = context;
  const { db, folder } = workspace;
  const { info } = getSnapshot(db, snapshot);
  const rules = workspaceRules(folder);
  await snapshotFiles.require(info);
  const candidateRanker = await contestantNamed(context, candidate, snapshot, { fresh: true });
  const baselineRanker = await contestantNamed(context, baseline, snapshot, { fresh: true });
  const kept = await Journal.open(journalOf(folder, id), {
    stateside: manifest.version,
    snapshot,
    baseline: baselineRanker.ref.digest,
    candidate: candidateRanker.ref.digest,
    settings,
  });
  if (kept.anew) dropRequests(db, id);
  // what was finished before is read again in no time, and counts for no rate
  const finished = requestsIn(journalOf(folder, id));
  let waiting: ReplayedRequest[] = [];
  let known = keptCount(db, id);
  const keep = db.transaction(() => keepRequests(db, id, waiting));
  let report: ReplayReport;
  try {
    report = await runReplay({
      kept,
      gateRules: gatesRef(rules),
      pool,
      snapshot: info,
      baseline: baselineRanker,
      candidate: candidateRanker,
      settings,
      signal,
      progress: (done, total) => progress(Math.max(done, finished), total),
      take(block) {
        const unknown = block.slice(known);
        known -= block.length - unknown.length;
        waiting.push(...unknown);
        if (waiting.length < KEPT_AT_ONCE) return;
        keep.immediate();
        waiting = [];
      },
    });
  } finally {
    await kept.close();
  }
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
  dropJournal(folder, id);
  return report.requests;
}

/** The bundle that facts about a release are read from; a draft or the logged order is none. */
const releaseOf = ({ ref, bundle }: Contestant): Contestant['bundle'] =>
  ref.kind === undefined ? bundle : null;
