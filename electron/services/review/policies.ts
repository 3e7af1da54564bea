import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { LibraryRow } from '../../../shared/contract/review/policies.ts';
import {
  parsePolicyLibrary,
  policyLibraryYaml,
  type PolicyLibrary,
} from '../../../shared/domain/review/policy-library.ts';
import { notFound } from '../../../shared/domain/error.ts';
import { policiesFolder } from '../../installed-files.ts';
import type { Workspace } from '../../database/workspace/open.ts';
import { getLibrary, insertLibrary, listLibraries } from '../../database/review/campaigns.ts';
import type { AuditLog } from '../audit/audit-log.ts';
import { canonicalDigest } from '../signoff/digest.ts';
import type { Part, ReviewContext } from './context.ts';

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

interface Shipped {
  readonly fileName: string;
  readonly text: string;
  readonly digest: string;
  readonly library: PolicyLibrary;
}

/** The policy libraries in a folder, in order of file name. */
export async function shippedLibraries(folder: string): Promise<Shipped[]> {
  const names = (await readdir(folder)).filter((name) => name.endsWith('.yaml')).toSorted();
  return Promise.all(
    names.map(async (fileName) => {
      const text = await readFile(join(folder, fileName), 'utf8');
      const library = parsePolicyLibrary(text, fileName);
      return { fileName, text, library, digest: canonicalDigest(library) };
    }),
  );
}

/** Every version of the policy library, and those that ship with Stateside and are not here yet: imported when asked. */
export function policiesService({
  workspace,
  log,
  session,
  now,
  changed,
}: ReviewContext): Part<
  'libraries' | 'library' | 'exportLibrary' | 'importLibrary' | 'shippedLibraries' | 'importShipped'
> {
  const { db } = workspace;
  const add = (file: { readonly fileName: string; readonly text: string }): LibraryRow => {
    const { reviewer } = session.require();
    const row = addLibrary(workspace, log, file, reviewer.person, now());
    changed('review', 'audit');
    return row;
  };
  const lacking = async (): Promise<Shipped[]> => {
    const here = new Set(listLibraries(db).map(({ digest }) => digest));
    return (await shippedLibraries(policiesFolder)).filter(({ digest }) => !here.has(digest));
  };
  return {
    libraries: async () =>
      listLibraries(db).map(({ digest, library: { version, title }, importedAt }) => ({
        digest,
        version,
        title,
        importedAt,
      })),
    library: async ({ digest }) => getLibrary(db, digest),
    exportLibrary: async ({ digest }) => libraryText(getLibrary(db, digest)),
    importLibrary: async (file) => add(file),
    shippedLibraries: async () =>
      (await lacking()).map(({ digest, library: { version, title } }) => ({ digest, version, title })),
    async importShipped({ digest }) {
      const shipped = (await lacking()).find((one) => one.digest === digest);
      if (shipped === undefined)
        throw notFound('No such library waits to be imported; the workspace has it, or it does not ship.');
      return add(shipped);
    },
  };
}

/** A version of the policy library as YAML; what is read from it again has the same digest. */
const libraryText = (library: PolicyLibrary): { fileName: string; text: string } => ({
  fileName: `policies-${library.version}.yaml`.replace(/[^\p{L}\p{N}.-]+/gu, '-'),
  text: policyLibraryYaml(library),
});
