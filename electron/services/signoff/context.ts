import type { Workspace } from '../../database/workspace/open.ts';
import type { AuditLog } from '../audit/audit-log.ts';
import type { KeyStore } from './key-store.ts';

/** What sign-off works on. */
export interface SignoffContext {
  readonly workspace: Workspace;
  readonly log: AuditLog;
  readonly keyStore: KeyStore;
  /** ISO 8601. */
  readonly now: () => string;
}
