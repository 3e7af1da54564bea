import type { Workspace } from '../../database/workspace/open.ts';
import type { AuditLog } from '../audit/audit-log.ts';
import type { KeyStore } from './key-store.ts';
import type { Reviewed } from './reviewed-evidence.ts';

/** What sign-off works on. */
export interface SignoffContext {
  readonly workspace: Workspace;
  readonly log: AuditLog;
  readonly keyStore: KeyStore;
  readonly reviewed: Reviewed;
  /** ISO 8601. */
  readonly now: () => string;
}
