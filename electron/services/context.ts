import type { ServiceName } from '../../shared/contract/index.ts';
import type { Workspace } from '../database/workspace/open.ts';
import type { WorkerPool } from '../workers/pool.ts';
import type { WeightsPool } from '../workers/weights-pool.ts';
import type { AuditLog } from './audit/audit-log.ts';
import type { Jobs } from './jobs/jobs.ts';
import type { BundleShelf } from './releases/shelf.ts';
import type { KeySession } from './roster/key-session.ts';
import type { KeyStore } from './signoff/key-store.ts';
import type { SnapshotFiles } from './snapshots/files.ts';

/** What services of one workspace share. */
export interface ServiceContext {
  readonly workspace: Workspace;
  readonly pool: WorkerPool;
  readonly weightsPool: WeightsPool;
  readonly log: AuditLog;
  readonly jobs: Jobs;
  readonly bundles: BundleShelf;
  readonly snapshotFiles: SnapshotFiles;
  readonly keyStore: KeyStore;
  /** The key that the person at this window unlocked, if they did. */
  readonly keySession: KeySession;
  /** Who acts here, as the audit log names them. */
  readonly actor: string;
  /** ISO 8601. */
  readonly now: () => string;
  /** Tells the window whose data changed. */
  readonly changed: (...services: ServiceName[]) => void;
}
