import { basename } from 'node:path';
import type { VerificationStep } from '../../../../shared/contract/signoff.ts';
import { isTensorFile, SIGNATURE_FILE } from '../../../../shared/domain/release/files.ts';
import { signedFilesProblem } from '../../releases/model-signature.ts';
import { mayLack, namedDocuments, packedDocument } from './documents.ts';
import { namedStep, type Beside } from './named-step.ts';

/** The release's papers, its model signature, and what the statement names and the package does not carry. */
export function paperSteps(beside: Beside): VerificationStep[] {
  return [...papersStep(beside), ...signatureStep(beside), absentStep(beside)];
}

function papersStep({ files, statement }: Beside): VerificationStep[] {
  const papers = namedDocuments(statement).filter(
    (named) => named.kind === 'paper' && (files.has(named.path) || !mayLack(statement, named)),
  );
  if (papers.length === 0) return [];
  const problem = papers.flatMap((named) => {
    const found = packedDocument(files, named);
    return 'problem' in found ? [found.problem] : [];
  })[0];
  return [
    {
      title: 'Release papers',
      checked: papers.map(({ path }) => basename(path)).join(', '),
      against: 'the digests in the statement',
      ok: problem === undefined,
      detail: problem ?? `${papers.length} files are those of the release`,
    },
  ];
}

/** Who made a model signature is for whoever holds the signer's key; that it covers these files shows without. */
function signatureStep(beside: Beside): VerificationStep[] {
  const { subject } = beside.statement;
  const files = subject.slice(1).map(({ name, digest }) => ({ path: name, sha256: digest.sha256 }));
  return namedDocuments(beside.statement)
    .filter(({ path }) => path === `release/${SIGNATURE_FILE}`)
    .flatMap((named) =>
      namedStep(
        beside,
        named,
        {
          title: 'Model signature',
          checked: SIGNATURE_FILE,
          against: 'the release’s files in the statement',
          detail: 'it covers these files; whose it is shows with the signer’s key (stateside release check)',
        },
        (text) => {
          const problem = signedFilesProblem(text, files);
          return problem === null ? null : `it ${problem}`;
        },
      ),
    );
}

/** What is named and not here: files too large for a package, and what packages of before did not carry. */
function absentStep({ files, statement }: Beside): VerificationStep {
  const { subject, predicate } = statement;
  const large = subject.slice(1).filter(({ name }) => isTensorFile(name));
  const early = namedDocuments(statement).filter(
    (named) => mayLack(statement, named) && !files.has(named.path),
  );
  const kinds = [...new Set(early.map(({ kind }) => WORDS[kind]))].join(', ');
  return {
    title: 'Not in the package',
    checked: [...large, ...predicate.snapshots].map(({ name }) => name).join(', '),
    against: 'their digests in the statement, for whoever has them',
    ok: true,
    detail:
      early.length === 0
        ? 'they are too large to be packed; everything else that the statement names by digest is here'
        : `they are too large to be packed; and this record was frozen before packages carried everything, so it also lacks its ${kinds}`,
  };
}

const WORDS: Record<ReturnType<typeof namedDocuments>[number]['kind'], string> = {
  'replay report': 'replay reports',
  gates: 'gates',
  changes: 'document of changes',
  campaign: 'review campaign',
  'campaign report': 'review report',
  policies: 'review policies',
  paper: 'release papers',
};
