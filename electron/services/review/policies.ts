import type { LibraryRow } from '../../../shared/contract/review/policies.ts';
import {
  parsePolicyLibrary,
  policyLibraryYaml,
  type PolicyLibrary,
} from '../../../shared/domain/review/policy-library.ts';
import type { Workspace } from '../../database/workspace/open.ts';
import { insertLibrary } from '../../database/review/campaigns.ts';
import type { AuditLog } from '../audit/audit-log.ts';
import { canonicalDigest } from '../signoff/digest.ts';

/** Adds a version of the policy library, with its log entry. The same content twice is one version. */
export function addLibrary(
  { db }: Pick<Workspace, 'db'>,
  log: AuditLog,
  file: { readonly fileName: string; readonly text: string },
  actor: string,
  at: string,
): LibraryRow {
  const library = parsePolicyLibrary(file.text, file.fileName);
  const { version, title } = library;
  const digest = canonicalDigest(library);
  db.transaction(() => {
    if (!insertLibrary(db, { digest, library, importedAt: at })) return;
    log.append({ at, actor, action: 'review.policies', subject: digest, body: { version, title } });
  }).immediate();
  return { digest, version, title, importedAt: at };
}

/** A version of the policy library as YAML; what is read from it again has the same digest. */
export const libraryText = (library: PolicyLibrary): { fileName: string; text: string } => ({
  fileName: `policies-${library.version}.yaml`.replace(/[^\p{L}\p{N}.-]+/gu, '-'),
  text: policyLibraryYaml(library),
});
