import {
  Key,
  Metadata,
  MetaFile,
  Root,
  Signature,
  Snapshot,
  TargetFile,
  Targets,
  Timestamp,
} from '@tufjs/models';
import { createPublicKey } from 'node:crypto';
import { canonicalDigest, sha256Hex } from '../digest.ts';
import { rawPublicKey } from '../ed25519.ts';
import type { SigningKey } from '../key-file.ts';

const SPEC = '1.0.31';

/** The role to which the top-level targets delegate: the roster's approvers with its threshold. */
export const APPROVERS_ROLE = 'us-release-approvers';

/** What is delegated to them: a release's files under its digest, and its record. In TUF `*` stands for no slash. */
export const APPROVED_PATHS = ['*/*', '*/weights/*', '*.release-record.json'] as const;

/** Keys, of which so many have to sign. One key per person, so that TUF counts people. */
export interface Threshold {
  /** SPKI PEM. */
  readonly publicKeys: readonly string[];
  readonly threshold: number;
}

/** Who may sign what: the roster as TUF says it. */
export interface TufRoles {
  /** Sign the root and the delegation. */
  readonly root: Threshold;
  /** Sign what is served. */
  readonly approvers: Threshold;
  /** Key of the workspace's log, which vouches for freshness only. */
  readonly online: string;
}

export interface TufTarget {
  readonly path: string;
  readonly bytes: number;
  readonly sha256: string;
}

/** A metadata file by name, as it is served. */
export type MetadataFile = readonly [name: string, text: string];

/** What begins each piece of metadata. */
interface Common {
  readonly version: number;
  readonly expires: string;
}

/** Metadata that snapshots list: its version and its text as served. */
export interface Listed {
  readonly version: number;
  readonly text: string;
}

/** An Ed25519 key as TUF writes it, named by the SHA-256 of its canonical JSON. */
export function tufKey(publicKey: string): Key {
  const keyVal = { public: rawPublicKey(createPublicKey(publicKey)).toString('hex') };
  const shape = { keyType: 'ed25519', scheme: 'ed25519', keyVal };
  const keyID = canonicalDigest({ keytype: shape.keyType, scheme: shape.scheme, keyval: keyVal });
  return new Key({ keyID, ...shape });
}

const keysOf = (publicKeys: readonly string[]) =>
  Object.fromEntries(publicKeys.map(tufKey).map((key) => [key.keyID, key.toJSON()]));
const roleOf = ({ publicKeys, threshold }: Threshold) => ({
  keyids: publicKeys.map((publicKey) => tufKey(publicKey).keyID),
  threshold,
});

/** `<version>.root.json`: the roster's roots stand behind the root and the top-level targets, the log's key behind the rest. */
export function rootFile(
  { root, online }: TufRoles,
  { version, expires }: Common,
  keys: readonly SigningKey[],
): MetadataFile {
  const fresh = roleOf({ publicKeys: [online], threshold: 1 });
  const metadata = new Metadata(
    Root.fromJSON({
      ...{ version, spec_version: SPEC, expires, consistent_snapshot: true },
      keys: keysOf([...root.publicKeys, online]),
      roles: { root: roleOf(root), targets: roleOf(root), snapshot: fresh, timestamp: fresh },
    }),
  );
  return [`${version}.root.json`, signed(metadata, keys)];
}

/** The text of `<version>.targets.json`: names no target itself and delegates them all to the approvers. */
export function delegationText(
  { approvers }: TufRoles,
  { version, expires }: Common,
  keys: readonly SigningKey[],
): string {
  const role = { name: APPROVERS_ROLE, terminating: true, paths: [...APPROVED_PATHS], ...roleOf(approvers) };
  const metadata = new Metadata(
    Targets.fromJSON({
      ...{ version, spec_version: SPEC, expires, targets: {} },
      delegations: { keys: keysOf(approvers.publicKeys), roles: [role] },
    }),
  );
  return signed(metadata, keys);
}

/** The text of `<version>.us-release-approvers.json`: what may be served, signed by the approvers. */
export function approvedText(
  { version, expires }: Common,
  targets: readonly TufTarget[],
  keys: readonly SigningKey[],
): string {
  const files = targets.map(
    ({ path, bytes, sha256 }) => new TargetFile({ path, length: bytes, hashes: { sha256 } }),
  );
  return signed(
    new Metadata(
      new Targets({
        ...{ version, specVersion: SPEC, expires },
        targets: Object.fromEntries(files.map((file) => [file.path, file])),
      }),
    ),
    keys,
  );
}

/** The snapshot and the timestamp that lead to a delegation and to what is approved, signed by the log's key. */
export function freshFiles(
  { version, expires }: Common,
  listed: { readonly delegation: Listed; readonly approved: Listed },
  online: SigningKey,
): [snapshot: MetadataFile, timestamp: MetadataFile] {
  const common = { version, specVersion: SPEC, expires };
  const meta = {
    'targets.json': metaFile(listed.delegation),
    [`${APPROVERS_ROLE}.json`]: metaFile(listed.approved),
  };
  const snapshot = signed(new Metadata(new Snapshot({ ...common, meta })), [online]);
  const snapshotMeta = metaFile({ version, text: snapshot });
  const timestamp = signed(new Metadata(new Timestamp({ ...common, snapshotMeta })), [online]);
  return [
    [`${version}.snapshot.json`, snapshot],
    ['timestamp.json', timestamp],
  ];
}

const metaFile = ({ version, text }: Listed): MetaFile =>
  new MetaFile({ version, length: Buffer.byteLength(text), hashes: { sha256: sha256Hex(text) } });

function signed(
  metadata: Metadata<Root> | Metadata<Targets> | Metadata<Snapshot> | Metadata<Timestamp>,
  keys: readonly SigningKey[],
): string {
  for (const key of keys) {
    const { keyID } = tufKey(key.publicKey);
    metadata.sign((bytes) => new Signature({ keyID, sig: key.sign(bytes).toString('hex') }));
  }
  return `${JSON.stringify(metadata.toJSON(), undefined, 2)}\n`;
}
