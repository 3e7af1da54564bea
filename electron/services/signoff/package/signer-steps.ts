import type { VerificationStep } from '../../../../shared/contract/signoff.ts';
import { canonicalJson } from '../../../../shared/domain/statements/canonical-json.ts';
import { DsseEnvelope } from '../../../../shared/domain/statements/dsse.ts';
import type { ReleaseStatement } from '../../../../shared/domain/statements/release-statement.ts';
import { sha256Hex } from '../digest.ts';
import { keyIdOf } from '../ed25519.ts';
import { readPayload } from '../envelope.ts';
import { readRecord, type ReleaseRecord } from '../record.ts';
import type { RosterChain } from '../roster-chain.ts';
import type { PackageFiles } from './package-zip.ts';
import { readJson } from './read-json.ts';

/**
 * What a package brings for those who check it without Stateside: each decision, the rosters and the keys, as files of
 * their own. They are held against the record and the roster given, and nothing is ever verified with them.
 */
export function signerSteps(
  files: PackageFiles,
  recordText: string,
  statement: ReleaseStatement,
  chain: RosterChain,
): VerificationStep[] {
  const record = readRecord('the record', recordText);
  const decisions = decisionsProblem(files, record);
  const rosters = rostersProblem(files, statement, chain);
  const keys = keysProblem(files, record);
  return [
    {
      title: 'Packed decisions',
      checked: `signoffs/, ${under(files, 'signoffs/').length} files`,
      against: 'the sign-off statements of the record',
      ok: decisions === null,
      detail: decisions ?? 'they are those of the record',
    },
    {
      title: 'Packed roster',
      checked: under(files, 'roster/')
        .map(([path]) => path)
        .join(', '),
      against: 'the digest in the statement and the roster given',
      ok: rosters === null,
      detail: rosters ?? `version ${statement.predicate.roster.version} is the one the statement names`,
    },
    {
      title: 'Packed keys',
      checked: `keys/, ${under(files, 'keys/').length} files`,
      against: 'the keyids they are named by and those that signed',
      ok: keys === null,
      detail: keys ?? 'each is the key it is named by',
    },
  ];
}

const under = (files: PackageFiles, folder: string): [string, string][] =>
  [...files].filter(([path]) => path.startsWith(folder));

function decisionsProblem(files: PackageFiles, { signoffs }: ReleaseRecord): string | null {
  const packed = under(files, 'signoffs/').map(([, text]) => text);
  const wanted = signoffs.map((envelope) => canonicalJson(envelope));
  return packed.toSorted().join('\n') === wanted.toSorted().join('\n')
    ? null
    : 'a decision is missing, changed or added';
}

function rostersProblem(
  files: PackageFiles,
  { predicate: { roster } }: ReleaseStatement,
  { versions }: RosterChain,
): string | null {
  const named = files.get(`roster/${roster.version}.json`);
  if (named === undefined) return `roster/${roster.version}.json is not in the package`;
  if (payloadDigest(named) !== roster.digest)
    return `roster/${roster.version}.json is another roster than the statement names`;
  const other = versions.find(({ roster: { version }, digest }) => {
    const packed = files.get(`roster/${version}.json`);
    return packed !== undefined && payloadDigest(packed) !== digest;
  });
  return other === undefined ? null : `roster/${other.roster.version}.json is another roster than was given`;
}

function payloadDigest(text: string): string | null {
  const envelope = DsseEnvelope.safeParse(readJson(text));
  const payload = envelope.success ? readPayload(envelope.data) : null;
  return payload === null || 'problem' in payload ? null : sha256Hex(payload.text);
}

function keysProblem(files: PackageFiles, { signatures, signoffs }: ReleaseRecord): string | null {
  for (const [path, pem] of under(files, 'keys/'))
    if (path !== `keys/${keyIdOrNull(pem)}.pem`) return `${path} is another key`;
  const signed = [...signatures, ...signoffs.flatMap((envelope) => envelope.signatures)];
  const missing = signed.find(({ keyid }) => !files.has(`keys/${keyid}.pem`));
  return missing === undefined ? null : `keys/${missing.keyid}.pem is not in the package`;
}

function keyIdOrNull(pem: string): string | null {
  try {
    return keyIdOf(pem);
  } catch {
    return null;
  }
}
