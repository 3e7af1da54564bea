import type { ReleaseStatement } from '../../../../../shared/domain/statements/release-statement.ts';
import { isTensorFile } from '../../../../../shared/domain/release/files.ts';
import { mayLack, namedDocuments, type DocumentKind } from '../documents.ts';

const WORDS: Record<DocumentKind, string> = {
  'replay report': 'replay report',
  gates: 'the gates that judged',
  changes: 'what changed since the parent',
  campaign: 'the review campaign as it was drawn, which names its policies',
  'campaign report': 'what the review found',
  policies: 'policies of the review',
  paper: 'file of the release',
};

/** Every digest of a release statement with the file of the package that has it, as a table in Markdown. */
export function documentTable(statement: ReleaseStatement): string {
  const { subject, predicate } = statement;
  const rows = [
    ...namedDocuments(statement).map((named) => [
      WORDS[named.kind],
      named.sha256,
      mayLack(statement, named) ? `\`${named.path}\`, where it was at hand` : `\`${named.path}\``,
    ]),
    ['the roster', predicate.roster.digest, `the payload of \`roster/${predicate.roster.version}.json\``],
    ...subject
      .slice(1)
      .filter(({ name }) => isTensorFile(name))
      .map(({ name, digest }) => [`\`${name}\` of the release`, digest.sha256, 'not packed']),
    ...predicate.snapshots.map(({ digest }) => ['snapshot', digest, 'not packed']),
  ];
  return `| what | SHA-256 | where |\n|---|---|---|\n${rows
    .map(([what, digest, where]) => `| ${what} | \`${digest}\` | ${where} |\n`)
    .join('')}`;
}
