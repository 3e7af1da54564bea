import type { VerificationStep } from '../../../../shared/contract/signoff.ts';
import type { ReleaseStatement } from '../../../../shared/domain/statements/release-statement.ts';
import type { PackageFiles } from './package-zip.ts';
import { PACKED_PDF, PdfStatement, type Pdf } from './pdf-statement.ts';
import { signedByLog } from './signed-by-log.ts';

/** The PDF that a package names, and the one that was given with it. */
export function pdfSteps(
  files: PackageFiles,
  { predicate }: ReleaseStatement,
  statementDigest: string | null,
  given: Pdf | null,
): VerificationStep[] {
  const text = files.get('pdf.json');
  if (text === undefined && given === null) return [];
  const statement = PdfStatement.safeParse(signedByLog(text ?? '', predicate.checkpoint?.key ?? ''));
  const named = statement.data?.subject[0]?.digest.sha256;
  const problem =
    text === undefined
      ? 'the package names no PDF'
      : statement.data?.predicate.releaseStatement !== statementDigest
        ? 'it is not signed by the log’s key, or is about another record'
        : given !== null && given.sha256 !== named
          ? `${given.name} is another PDF than was packed`
          : given === null && predicate.packageVersion !== undefined
            ? `${PACKED_PDF}, which pdf.json names, is not in the package`
            : null;
  return [
    {
      title: 'PDF',
      checked: given === null ? 'the digest in pdf.json' : given.name,
      against: "the log's key and this record",
      ok: problem === null,
      detail:
        problem ?? (given === null ? `a PDF with SHA-256 ${named ?? ''}` : 'it is the one that was packed'),
    },
  ];
}
