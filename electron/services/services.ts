import { userInfo } from 'node:os';
import type { Events, ServiceApi, ServiceName } from '../../shared/contract/index.ts';
import { workspacePaths, type Workspace } from '../database/workspace/open.ts';
import { workerFiles } from '../installed-files.ts';
import type { WorkerPool } from '../workers/pool.ts';
import { WeightsPool } from '../workers/weights-pool.ts';
import { auditService, openAuditLog } from './audit/service.ts';
import type { ServiceContext } from './context.ts';
import { gatesService } from './gates/service.ts';
import { Jobs } from './jobs/jobs.ts';
import { releasesService } from './releases/service.ts';
import { BundleShelf } from './releases/shelf.ts';
import { sweepImports } from './releases/sweep.ts';
import { recoverReplays } from './replay/line.ts';
import { replayService } from './replay/service.ts';
import { reviewOfRelease } from './review/reports.ts';
import { coveredReplay, coveredWeights, logWithholds, reportSealedBecause } from './review/seal.ts';
import { reviewService } from './review/service.ts';
import { ReviewSession } from './review/session.ts';
import { KeySession } from './roster/key-session.ts';
import { rosterService } from './roster/service.ts';
import { NO_KEY_STORE, type KeyStore } from './signoff/key-store.ts';
import { signoffService } from './signoff/service.ts';
import { SnapshotFiles } from './snapshots/files.ts';
import { snapshotsService } from './snapshots/service.ts';
import { changesEvidence } from './weights/comparison.ts';
import { weightsService } from './weights/service.ts';
import { workspaceService } from './workspace/service.ts';

export type ServiceEvent = {
  [Name in keyof Events]: { readonly name: Name; readonly payload: Events[Name] };
}[keyof Events];
export type Emit = (event: ServiceEvent) => void;

/** Every service of `serviceContract`. */
export type Services = { [Name in Exclude<ServiceName, 'shell'>]: ServiceApi<Name> };

export interface OpenServices extends Services {
  readonly jobs: Jobs;
  /** Cancels what runs and waits for it; workspace and pool stay open. */
  close(): Promise<void>;
}

/** What reads otherwise once another key is unlocked, or none. */
const READER_CHANGED = ['roster', 'review', 'audit', 'signoff', 'workspace'] as const satisfies ServiceName[];

/** Composes the services of a workspace. There must be one writer: open them once for a workspace. */
export function createServices(
  workspace: Workspace,
  pool: WorkerPool,
  emit: Emit,
  keyStore: KeyStore = NO_KEY_STORE,
): OpenServices {
  const log = openAuditLog(workspace);
  const jobs = new Jobs((all) => emit({ name: 'jobs:changed', payload: all }));
  const changed = (...names: ServiceName[]): void => emit({ name: 'data:changed', payload: names });
  const now = (): string => new Date().toISOString();
  const keySession = new KeySession(workspace, keyStore, now, () => changed(...READER_CHANGED));
  const context: ServiceContext = {
    workspace,
    pool,
    weightsPool: new WeightsPool(workerFiles.weights),
    log,
    jobs,
    changed,
    bundles: new BundleShelf(workspacePaths(workspace.folder).releases),
    snapshotFiles: new SnapshotFiles(),
    keyStore,
    keySession,
    actor: userInfo().username,
    now,
  };
  const session = new ReviewSession(workspace, keySession);
  const withholds = logWithholds(workspace.db, session);
  sweepImports(workspacePaths(workspace.folder).releases);
  recoverReplays(context);
  void log.readAhead();
  const signoff = announcing(
    signoffService(workspace, log, now, (release) => changesEvidence(context, release), keyStore, {
      reportOn: (release) => reviewOfRelease(context, release),
      withheldBecause: (campaign) => reportSealedBecause(workspace.db, campaign, session.reader),
    }),
    changed,
  );
  return {
    workspace: workspaceService(context, signoff, withholds),
    snapshots: snapshotsService(context),
    releases: releasesService(context),
    weights: coveredWeights(weightsService(context), workspace.db, session),
    replay: coveredReplay(replayService(context), workspace.db, session),
    gates: gatesService(context),
    review: reviewService(context, session),
    roster: announcingRoster(rosterService(workspace, log, now, keyStore, keySession), changed),
    signoff,
    audit: auditService(context, withholds),
    jobs,
    close: async () => {
      await jobs.close();
      await context.weightsPool.close();
    },
  };
}

/** Sign-off knows nothing of windows, so its deeds are announced here. */
function announcing(
  signoff: ServiceApi<'signoff'>,
  changed: ServiceContext['changed'],
): ServiceApi<'signoff'> {
  const announce = <Value>(value: Value): Value => {
    changed('signoff', 'releases', 'workspace', 'audit');
    return value;
  };
  return {
    ...signoff,
    freeze: (input) => signoff.freeze(input).then(announce),
    sign: (input) => signoff.sign(input).then(announce),
    act: (input) => signoff.act(input).then(announce),
    collect: (input) => signoff.collect(input).then(announce),
  };
}

/** Who may sign changes with every roster, and where keys lie with every key. */
function announcingRoster(
  roster: ServiceApi<'roster'>,
  changed: ServiceContext['changed'],
): ServiceApi<'roster'> {
  const announce = <Value>(value: Value): Value => {
    changed('roster', 'signoff', 'releases', 'workspace', 'audit');
    return value;
  };
  const announceSession = <Value>(value: Value): Value => {
    changed(...READER_CHANGED);
    return value;
  };
  return {
    ...roster,
    // a fork is refused and told in the log and on the page
    import: (input) => roster.import(input).finally(() => announce(null)),
    unlock: (input) => roster.unlock(input).then(announceSession),
    lock: () => roster.lock().then(announceSession),
    newKey: (input) => roster.newKey(input).then(announce),
    restoreKey: (input) => roster.restoreKey(input).then(announce),
    sealKey: (input) => roster.sealKey(input).then(announce),
    unsealKey: (input) => roster.unsealKey(input).then(announce),
  };
}
