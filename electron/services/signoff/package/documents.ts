import { Campaign } from '../../../../shared/domain/review/campaign.ts';
import { isTensorFile } from '../../../../shared/domain/release/files.ts';
import type { ReleaseStatement } from '../../../../shared/domain/statements/release-statement.ts';
import { sha256Hex } from '../digest.ts';
import type { PackageFiles } from './package-zip.ts';
import { readJson } from './read-json.ts';

/** What a statement names by digest and a package can carry; a paper is any file of the release but model and weights. */
export type DocumentKind =
  'replay report' | 'gates' | 'changes' | 'campaign' | 'campaign report' | 'policies' | 'paper';

export interface NamedDocument {
  readonly kind: DocumentKind;
  readonly sha256: string;
  /** Where it lies in a package. */
  readonly path: string;
}

const evidence = (kind: DocumentKind, sha256: string): NamedDocument => ({
  kind,
  sha256,
  path: `evidence/${sha256}.json`,
});

/** Every document that a statement names by digest. Its model, weights and snapshots are too large to be packed. */
export function namedDocuments({ subject, predicate }: ReleaseStatement): NamedDocument[] {
  const { replays, gateRules, changes, review } = predicate;
  const papers = subject.slice(1).filter(({ name }) => !isTensorFile(name));
  return [
    ...replays.map(({ reportDigest }) => evidence('replay report', reportDigest)),
    evidence('gates', gateRules.digest),
    ...(changes === undefined ? [] : [evidence('changes', changes.digest)]),
    ...(review.campaign === undefined ? [] : [evidence('campaign', review.campaign)]),
    ...(review.reportDigest === undefined ? [] : [evidence('campaign report', review.reportDigest)]),
    ...papers.map(({ name, digest }): NamedDocument => paper(name, digest.sha256)),
  ];
}

const paper = (name: string, sha256: string): NamedDocument => ({
  kind: 'paper',
  sha256,
  path: `release/${name}`,
});

/** The policies by which a campaign was judged, which its definition names; null for a text that is no campaign. */
export function policiesOf(campaign: string): NamedDocument | null {
  const { data } = Campaign.safeParse(readJson(campaign));
  return data === undefined ? null : evidence('policies', data.policies);
}

/**
 * Whether a package may lack a document: those of statements that do not say what their packages carry had replay
 * reports and gates alone.
 */
export const mayLack = ({ predicate }: ReleaseStatement, { kind }: Pick<NamedDocument, 'kind'>): boolean =>
  predicate.packageVersion === undefined && kind !== 'replay report' && kind !== 'gates';

/** A document as it lies in a package, where it is there and the one that is named; else what is wrong. */
export type PackedDocument = { readonly text: string } | { readonly problem: string };

export function packedDocument(
  files: PackageFiles,
  { path, sha256 }: Pick<NamedDocument, 'path' | 'sha256'>,
): PackedDocument {
  const text = files.get(path);
  if (text === undefined) return { problem: `${path} is not in the package` };
  return sha256Hex(text) === sha256 ? { text } : { problem: `${path} is another document than is named` };
}
