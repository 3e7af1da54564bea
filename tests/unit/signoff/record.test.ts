import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { IN_TOTO_PAYLOAD, preAuthenticationEncoding } from '../../../shared/domain/statements/dsse.ts';
import { signPayload } from '../../../electron/services/signoff/envelope.ts';
import { type ReleaseRecord } from '../../../electron/services/signoff/record.ts';
import { cast, first } from './cast.ts';
import { altered, chain, firstFailure, good, payload, roster, verify } from './recorded.ts';

describe('a release record', () => {
  it('with two approvers of the US organisation is good, and says why', () => {
    const { ok, steps } = verify(good, [roster], chain.digest);
    expect(steps.filter((step) => !step.ok)).toEqual([]);
    expect(ok).toBe(true);
    expect(steps.map(({ title }) => title)).toEqual([
      'Roster',
      'Record',
      'Payload',
      'Statement',
      'Release',
      'Roster of the statement',
      'Submitter',
      'Signature',
      'Signature',
      'Sign-off statements',
      'Refusals',
      'Approvals',
      'Gates',
      'Audit log head',
    ]);
  });

  it('is a DSSE envelope whose every signature OpenSSL verifies', () => {
    const folder = mkdtempSync(join(tmpdir(), 'stateside-record-'));
    afterAll(() => rmSync(folder, { recursive: true }));
    writeFileSync(
      join(folder, 'pae'),
      preAuthenticationEncoding(good.payloadType, Buffer.from(good.payload, 'base64')),
    );
    for (const { keyid, sig } of good.signatures) {
      const key = [cast.ada, cast.ben].map(first).find(({ keyId }) => keyId === keyid);
      writeFileSync(join(folder, 'pub.pem'), key?.publicKey ?? '');
      writeFileSync(join(folder, 'sig'), Buffer.from(sig, 'base64'));
      const args = ['-verify', '-pubin', '-inkey', 'pub.pem', '-rawin', '-in', 'pae', '-sigfile', 'sig'];
      expect(execFileSync('openssl', ['pkeyutl', ...args], { cwd: folder, encoding: 'utf8' })).toContain(
        'Verified Successfully',
      );
    }
  });

  it('lists its signatures by keyid and holds each person’s statement beside them', () => {
    const ids = good.signatures.map(({ keyid }) => keyid);
    expect(ids).toEqual(ids.toSorted());
    expect(good.signoffs).toHaveLength(2);
  });

  it('is not a sign-off statement with signatures on it: types are not confused', () => {
    const [signoff] = good.signoffs;
    const posing: ReleaseRecord = {
      payloadType: IN_TOTO_PAYLOAD,
      payload: signoff?.payload ?? '',
      signatures: signoff?.signatures ?? [],
      signoffs: [],
    };
    expect(firstFailure(posing)?.title).toBe('Statement');
    const asRoster = { ...good, payloadType: 'application/vnd.stateside.roster+json' };
    expect(firstFailure(asRoster)?.title).toBe('Payload');
  });

  it('is not taken when a signature covers the bare payload instead of its encoding', () => {
    const sig = first(cast.ben).sign(Buffer.from(payload)).toString('base64');
    const bare = {
      ...good,
      signatures: good.signatures.map((one) => (one.keyid === first(cast.ben).keyId ? { ...one, sig } : one)),
    };
    expect(firstFailure(bare)?.title).toBe('Signature');
    const otherType = signPayload('application/json', payload, first(cast.ben));
    expect(
      firstFailure({
        ...good,
        signatures: [otherType, ...good.signatures.filter(({ keyid }) => keyid !== otherType.keyid)],
      })?.title,
    ).toBe('Signature');
  });

  it('has its bytes in canonical form, or none', () => {
    expect(firstFailure(altered((text) => text.replace('{', '{ '), true))).toMatchObject({
      title: 'Payload',
      detail: expect.stringContaining('canonical'),
    });
    expect(firstFailure(altered((text) => text.replace('{', '{"_type":"x",'), true))).toMatchObject({
      detail: expect.stringContaining('twice'),
    });
    expect(firstFailure({ ...good, payload: Buffer.from([0xff]).toString('base64') })).toMatchObject({
      detail: 'the payload is not UTF-8.',
    });
  });

  it.each(['', 'null', '[]', '{}', '{"payload":1}', '{"a":1,"a":2}'])(
    'made of %j fails at the file, without a crash',
    (text) => {
      expect(firstFailure(text)?.title).toBe('Record');
    },
  );
});
