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

/** Who may sign what: the roster as TUF says it. One key per person, so that TUF counts people. */
export interface TufRoles {
  /** Version of the roster. */
  readonly version: number;
  readonly root: { readonly publicKeys: readonly string[]; readonly threshold: number };
  readonly targets: { readonly publicKeys: readonly string[]; readonly threshold: number };
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

/** An Ed25519 key as TUF writes it, named by the SHA-256 of its canonical JSON. */
export function tufKey(publicKey: string): Key {
  const keyVal = { public: rawPublicKey(createPublicKey(publicKey)).toString('hex') };
  const shape = { keyType: 'ed25519', scheme: 'ed25519', keyVal };
  const keyID = canonicalDigest({ keytype: shape.keyType, scheme: shape.scheme, keyval: keyVal });
  return new Key({ keyID, ...shape });
}

/** `<version>.root.json`: which keys of the roster stand behind each role, and how many of them are needed. */
export function rootFile(roles: TufRoles, expires: string, keys: readonly SigningKey[]): MetadataFile {
  const named = (publicKeys: readonly string[]) => publicKeys.map(tufKey);
  const [root, targets, online] = [
    named(roles.root.publicKeys),
    named(roles.targets.publicKeys),
    tufKey(roles.online),
  ];
  const role = (of: readonly Key[], threshold: number) => ({
    keyids: of.map(({ keyID }) => keyID),
    threshold,
  });
  const metadata = new Metadata(
    Root.fromJSON({
      version: roles.version,
      spec_version: SPEC,
      expires,
      consistent_snapshot: true,
      keys: Object.fromEntries([...root, ...targets, online].map((key) => [key.keyID, key.toJSON()])),
      roles: {
        root: role(root, roles.root.threshold),
        targets: role(targets, roles.targets.threshold),
        snapshot: role([online], 1),
        timestamp: role([online], 1),
      },
    }),
  );
  return [`${roles.version}.root.json`, signed(metadata, keys)];
}

/** Targets signed by the approvers, and the snapshot and timestamp that lead to them, signed by the log's key. */
export function releaseFiles(
  { version, expires }: { readonly version: number; readonly expires: string },
  targets: readonly TufTarget[],
  approvers: readonly SigningKey[],
  online: SigningKey,
): MetadataFile[] {
  const common = { version, specVersion: SPEC, expires };
  const files = targets.map(
    ({ path, bytes, sha256 }) => new TargetFile({ path, length: bytes, hashes: { sha256 } }),
  );
  const targetsText = signed(
    new Metadata(
      new Targets({ ...common, targets: Object.fromEntries(files.map((file) => [file.path, file])) }),
    ),
    approvers,
  );
  const snapshotText = signed(
    new Metadata(new Snapshot({ ...common, meta: { 'targets.json': metaFile(version, targetsText) } })),
    [online],
  );
  const timestampText = signed(
    new Metadata(new Timestamp({ ...common, snapshotMeta: metaFile(version, snapshotText) })),
    [online],
  );
  return [
    [`${version}.targets.json`, targetsText],
    [`${version}.snapshot.json`, snapshotText],
    ['timestamp.json', timestampText],
  ];
}

const metaFile = (version: number, text: string): MetaFile =>
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
