import { createPublicKey, type KeyObject } from 'node:crypto';
import { bundleFromJSON } from '@sigstore/bundle';
import { toSignedEntity, Verifier } from '@sigstore/verify';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { workspaceRoster } from '../../../electron/services/signoff/tables.ts';
import { DsseEnvelope } from '../../../shared/domain/statements/dsse.ts';
import { gate, openWorld, PASSPHRASE, type World } from './world.ts';

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
function sigstoreTakes(envelope: DsseEnvelope, signer: string, publicKey: KeyObject): boolean {
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
      signatures: envelope.signatures.filter(({ keyid }) => keyid === world.keyOf(signer)),
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
  expect(APPROVERS.map((signer) => [dana, joel].map((key) => sigstoreTakes(record, signer, key)))).toEqual([
    [true, false],
    [false, true],
  ]);
  const payload = Buffer.from(Buffer.from(record.payload, 'base64').toString().replace('"US"', '"XX"'));
  expect(payload.toString('base64')).not.toBe(record.payload);
  expect(sigstoreTakes({ ...record, payload: payload.toString('base64') }, 'dana.whitfield', dana)).toBe(
    false,
  );
  expect(sigstoreTakes({ ...record, payloadType: 'text/plain' }, 'dana.whitfield', dana)).toBe(false);
});
