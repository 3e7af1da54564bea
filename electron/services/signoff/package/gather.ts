import { readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { z } from 'zod';
import type { ReleaseStatement } from '../../../../shared/domain/statements/release-statement.ts';
import { StatesideError } from '../../../../shared/domain/error.ts';
import { canonicalJson } from '../../../../shared/domain/statements/canonical-json.ts';
import { workspacePaths, type Workspace } from '../../../database/workspace/open.ts';
import { decodeUtf8 } from '../base64.ts';
import { sha256Hex } from '../digest.ts';
import { mayLack, namedDocuments, policiesOf, type DocumentKind, type NamedDocument } from './documents.ts';

/**
 * The documents that a statement names, by their path in a package. Throws failed_check where one that a package of it
 * has to carry is not in the workspace as it is named.
 */
export function gatherDocuments(workspace: Workspace, statement: ReleaseStatement): [string, string][] {
  const gathered: [string, string][] = [];
  const take = (named: NamedDocument): void => {
    const text = documentText(workspace, statement, named);
    if (text !== null && sha256Hex(text) === named.sha256) {
      gathered.push([named.path, text]);
      const policies = named.kind === 'campaign' ? policiesOf(text) : null;
      if (policies !== null) take(policies);
    } else if (!mayLack(statement, named)) {
      throw new StatesideError(
        'failed_check',
        `${TITLES[named.kind]} ${named.kind === 'paper' ? basename(named.path) : named.sha256}, which the record names, is not in this workspace, so the package would not be whole; export it where the evidence was frozen`,
      );
    }
  };
  for (const named of namedDocuments(statement)) take(named);
  return gathered;
}

const TITLES: Record<DocumentKind, string> = {
  'replay report': 'the replay report',
  gates: 'the gates',
  changes: 'the document of changes',
  campaign: 'the review campaign',
  'campaign report': 'the review report',
  policies: 'the policy library',
  paper: 'the release’s',
};

/** Where the workspace keeps each kind of document by its digest. */
const KEPT = {
  'replay report': 'SELECT report FROM replay WHERE report_digest = ?',
  gates: 'SELECT rules FROM gate_rules WHERE digest = ?',
  changes: 'SELECT document FROM release_changes WHERE digest = ?',
  campaign: 'SELECT definition FROM review_campaign WHERE id = ?',
  'campaign report': 'SELECT document FROM frozen_document WHERE digest = ?',
  policies: 'SELECT library FROM review_policies WHERE digest = ?',
};

/** A document's text as its digest is taken of it; null where the workspace lacks it. */
function documentText(
  { db, folder }: Workspace,
  { predicate }: ReleaseStatement,
  { kind, sha256, path }: NamedDocument,
): string | null {
  if (kind === 'paper')
    return readPaper(join(workspacePaths(folder).releases, predicate.release.digest, basename(path)));
  const stored = z.string().optional().parse(db.prepare(KEPT[kind]).pluck().get(sha256));
  if (stored === undefined) return null;
  return kind === 'replay report' ? canonicalJson(JSON.parse(stored)) : stored;
}

function readPaper(path: string): string | null {
  try {
    return decodeUtf8(readFileSync(path));
  } catch {
    return null;
  }
}
