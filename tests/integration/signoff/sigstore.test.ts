import { createPublicKey, type KeyObject } from 'node:crypto';
import { bundleFromJSON } from '@sigstore/bundle';
import { toSignedEntity, Verifier } from '@sigstore/verify';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { sha256Hex } from '../../../electron/services/signoff/digest.ts';
import { collectPackage } from '../../../electron/services/signoff/package/collect.ts';
import { workspaceRoster } from '../../../electron/services/signoff/tables.ts';
import { DsseEnvelope } from '../../../shared/domain/statements/dsse.ts';
import { gate, NOW, openWorld, PASSPHRASE, type World } from './world.ts';

let world: World;
beforeEach(async () => {
  world = await openWorld();
});
afterEach(() => world.close());

const APPROVERS = ['dana.whitfield', 'joel.abernathy'];

/** The release record that both approvers signed. */
async function signedRecord(): Promise<DsseEnvelope> {
  const releaseDigest = world.release;
  const { statement } = await world.signoff.freeze({
    releaseDigest,
    replayId: world.replay([gate('pass')]),
  });
  for (const person of APPROVERS)
    await world.signoff.sign({
      releaseDigest,
      statementDigest: statement?.digest ?? '',
      keyId: world.keyOf(person),
      passphrase: PASSPHRASE,
      decision: 'approve',
      reason: 'Fine.',
      conditions: '',
    });
  return DsseEnvelope.parse(JSON.parse((await world.signoff.record({ releaseDigest })).json));
}

const publicKeyOf = (person: string): KeyObject => {
  const keyId = world.keyOf(person);
  const key = workspaceRoster(world.workspace.db).keys.find((candidate) => candidate.keyId === keyId);
  return createPublicKey(key?.publicKey ?? '');
};

/** Whether Sigstore's own library takes one signature of a DSSE envelope for that of a key; its bundles hold just one. */
function sigstoreTakes(envelope: DsseEnvelope, signerKeyId: string, publicKey: KeyObject): boolean {
  const verifier = new Verifier(
    {
      certificateAuthorities: [],
      timestampAuthorities: [],
      tlogs: [],
      ctlogs: [],
      publicKey: () => ({ publicKey, validFor: () => true }),
    },
    { tlogThreshold: 0, ctlogThreshold: 0, timestampThreshold: 0 },
  );
  const bundle = {
    mediaType: 'application/vnd.dev.sigstore.bundle.v0.3+json',
    verificationMaterial: { publicKey: { hint: 'key' }, tlogEntries: [] },
    dsseEnvelope: {
      ...envelope,
      signatures: envelope.signatures.filter(({ keyid }) => keyid === signerKeyId),
    },
  };
  try {
    verifier.verify(toSignedEntity(bundleFromJSON(bundle)));
    return true;
  } catch {
    return false;
  }
}

it('a release record is good DSSE to the library of Sigstore: each signature by its signer’s key, and by no other', async () => {
  const record = await signedRecord();
  const [dana, joel] = APPROVERS.map(publicKeyOf);
  if (dana === undefined || joel === undefined) throw new Error('no key');
  expect(
    APPROVERS.map((signer) => [dana, joel].map((key) => sigstoreTakes(record, world.keyOf(signer), key))),
  ).toEqual([
    [true, false],
    [false, true],
  ]);
  const payload = Buffer.from(Buffer.from(record.payload, 'base64').toString().replace('"US"', '"XX"'));
  expect(payload.toString('base64')).not.toBe(record.payload);
  expect(
    sigstoreTakes({ ...record, payload: payload.toString('base64') }, world.keyOf('dana.whitfield'), dana),
  ).toBe(false);
  expect(sigstoreTakes({ ...record, payloadType: 'text/plain' }, world.keyOf('dana.whitfield'), dana)).toBe(
    false,
  );
});

it('so is every other statement of a package: each decision by its maker’s key, the verdict and the PDF’s by the log’s', async () => {
  const record = await signedRecord();
  expect(record.payloadType).toBe('application/vnd.in-toto+json');
  const { json } = await world.signoff.record({ releaseDigest: world.release });
  const pdf = { name: 'record.pdf', sha256: sha256Hex('pdf'), bytes: Buffer.from('pdf') };
  const files = collectPackage(world.workspace, world.log, json, NOW, pdf);
  const logKey = createPublicKey(files.get('log/key.pem') ?? '');
  const dana = publicKeyOf('dana.whitfield');
  for (const [path, key, other] of [
    ['signoffs/dana.whitfield.json', dana, logKey],
    ['vsa.json', logKey, dana],
    ['pdf.json', logKey, dana],
  ] as const) {
    const envelope = DsseEnvelope.parse(JSON.parse(files.get(path) ?? ''));
    const keyId = envelope.signatures[0]?.keyid ?? '';
    expect([path, sigstoreTakes(envelope, keyId, key), sigstoreTakes(envelope, keyId, other)]).toEqual([
      path,
      true,
      false,
    ]);
    const payload = Buffer.from(envelope.payload, 'base64').toString().replace('sha256', 'sha257');
    const altered = { ...envelope, payload: Buffer.from(payload).toString('base64') };
    expect(sigstoreTakes(altered, keyId, key)).toBe(false);
  }
});
