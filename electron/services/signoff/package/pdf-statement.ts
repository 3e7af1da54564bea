import { z } from 'zod';
import { statementOf, STATEMENT_TYPE } from '../../../../shared/domain/statements/statement.ts';
import { Sha256 } from '../../../../shared/domain/release/manifest.ts';

const PDF_PREDICATE = 'urn:stateside:record-pdf:v1';

/** The record printed for people; it travels beside the package, by its digest. */
export interface Pdf {
  readonly name: string;
  readonly sha256: string;
}

/** Which PDF was printed of which release statement; signed by the workspace, so that neither is swapped. */
export const PdfStatement = statementOf(PDF_PREDICATE, z.object({ releaseStatement: Sha256 }));

export const pdfStatement = ({ name, sha256 }: Pdf, releaseStatement: string) => ({
  _type: STATEMENT_TYPE,
  subject: [{ name, digest: { sha256 } }],
  predicateType: PDF_PREDICATE,
  predicate: { releaseStatement },
});
