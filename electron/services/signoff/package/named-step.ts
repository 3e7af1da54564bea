import type { VerificationStep } from '../../../../shared/contract/signoff.ts';
import type { ReleaseStatement } from '../../../../shared/domain/statements/release-statement.ts';
import { mayLack, packedDocument, type NamedDocument } from './documents.ts';
import type { PackageFiles } from './package-zip.ts';

/** What is held against each other. */
export interface Beside {
  readonly files: PackageFiles;
  readonly statement: ReleaseStatement;
}

/** How a step tells of a document; `detail` where it is the one named and fits. */
interface Told {
  readonly title: string;
  readonly checked: string;
  readonly against: string;
  readonly detail: string;
}

/**
 * Holds a packed document against the digest under which it is named, and then against `problemOf`. No step for one that
 * packages of the statement's form may lack.
 */
export function namedStep(
  { files, statement }: Beside,
  named: NamedDocument,
  { detail, ...told }: Told,
  problemOf: (text: string) => string | null,
): VerificationStep[] {
  if (!files.has(named.path) && mayLack(statement, named)) return [];
  const found = packedDocument(files, named);
  const problem = 'problem' in found ? found.problem : problemOf(found.text);
  return [{ ...told, ok: problem === null, detail: problem ?? detail }];
}
