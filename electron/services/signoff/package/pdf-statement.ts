import { z } from 'zod';
import { statementOf, STATEMENT_TYPE } from '../../../../shared/domain/statements/statement.ts';
import { Sha256 } from '../../../../shared/domain/release/manifest.ts';

const PDF_PREDICATE = 'urn:stateside:record-pdf:v1';

/** What the record printed for people is called in a package. */
export const PACKED_PDF = 'record.pdf';

/** The record printed for people, by its digest. */
export interface Pdf {
  readonly name: string;
  readonly sha256: string;
}

export interface PdfFile extends Pdf {
  readonly bytes: Uint8Array;
}

/** Which PDF was printed of which release statement; signed by the workspace, so that neither is swapped. */
export const PdfStatement = statementOf(PDF_PREDICATE, z.object({ releaseStatement: Sha256 }));

export const pdfStatement = ({ name, sha256 }: Pdf, releaseStatement: string) => ({
  _type: STATEMENT_TYPE,
  subject: [{ name, digest: { sha256 } }],
  predicateType: PDF_PREDICATE,
  predicate: { releaseStatement },
});
