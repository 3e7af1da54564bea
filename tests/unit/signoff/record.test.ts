import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as fc from 'fast-check';
import { afterAll, describe, expect, it } from 'vitest';
import { canonicalJson } from '../../../shared/domain/statements/canonical-json.ts';
import { IN_TOTO_PAYLOAD, preAuthenticationEncoding } from '../../../shared/domain/statements/dsse.ts';
import { sha256Hex } from '../../../electron/services/signoff/digest.ts';
import { signPayload } from '../../../electron/services/signoff/envelope.ts';
import { signRoster, nextRoster } from '../../../electron/services/signoff/next-roster.ts';
import { emptyRecord, writeRecord, type ReleaseRecord } from '../../../electron/services/signoff/record.ts';
import { verifyRecord } from '../../../electron/services/signoff/verify-record.ts';
import {
  cast,
  chainOf,
  evidence,
  first,
  freshKey,
  frozen,
  passing,
  person,
  record,
  ROOTS,
  rosterText,
  type Signer,
} from './cast.ts';

const roster = rosterText();
const chain = chainOf(roster);
const { payload, digest } = frozen(chain);
const good = record(payload, [{ who: cast.ada }, { who: cast.ben }]);

const verify = (value: ReleaseRecord | string, rosters = [roster], pin?: string) =>
  verifyRecord({
    record: typeof value === 'string' ? value : writeRecord(value),
    rosters: rosters.map((text, index) => ({ name: `roster-${index + 1}.json`, text })),
    ...(pin === undefined ? {} : { pin }),
  });
const firstFailure = (...args: Parameters<typeof verify>) => verify(...args).steps.find(({ ok }) => !ok);
const signedBy = (...signers: Signer[]) => record(payload, signers);
/** The same signatures over a payload changed by `change`, or signed anew over it where `anew`. */
const altered = (change: (statement: string) => string, anew: boolean): ReleaseRecord => {
  const text = change(payload);
  return anew
    ? record(text, [{ who: cast.ada }, { who: cast.ben }])
    : { ...good, payload: Buffer.from(text).toString('base64') };
};

const resigned = (
  change: (files: { path: string; sha256: string }[]) => { path: string; sha256: string }[],
) =>
  record(frozen(chain, { files: change([...evidence().files]) }).payload, [
    { who: cast.ada },
    { who: cast.ben },
  ]);
const withGates = (...gates: (typeof passing)[]) =>
  record(frozen(chain, { gates }).payload, [{ who: cast.ada }, { who: cast.ben }]);
const meaning = (value: string): string | null => {
  try {
    return canonicalJson(JSON.parse(value));
  } catch {
    return null;
  }
};

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

  it.each([
    ['of one approver alone', signedBy({ who: cast.ada })],
    ['of one approver and a global one', signedBy({ who: cast.ada }, { who: cast.gus })],
    ['of one approver and the submitter', signedBy({ who: cast.ada }, { who: cast.mia })],
    [
      'of one approver with two keys',
      signedBy({ who: cast.ada }, { who: cast.ada, key: cast.ada.signing[1] ?? freshKey() }),
    ],
    ['of one approver twice', signedBy({ who: cast.ada }, { who: cast.ada })],
    ['of one approver and a reviewer', signedBy({ who: cast.ada }, { who: cast.cleo })],
    [
      'of one approver before the evidence was frozen',
      signedBy({ who: cast.ada }, { who: cast.ben, at: '2026-05-01T00:00:00Z' }),
    ],
    [
      'of one approver after the key ran out',
      signedBy({ who: cast.ada }, { who: cast.ben, at: '2028-05-01T00:00:00Z' }),
    ],
    ['of nobody', emptyRecord(payload)],
  ])('%s has too few approvals', (_, value) => {
    expect(firstFailure(value)).toMatchObject({ title: 'Approvals', against: '2 needed' });
  });

  it('stays good with a genuine signature more that does not count', () => {
    const { ok, steps } = verify(signedBy({ who: cast.ada }, { who: cast.gus }, { who: cast.ben }));
    expect(ok).toBe(true);
    expect(steps.filter(({ detail }) => detail.includes('does not count'))).toHaveLength(1);
  });

  it('is not good when a stranger signed, or one signature carries another’s keyid', () => {
    const stranger = { ...cast.ben, signing: [freshKey()] };
    expect(firstFailure(signedBy({ who: cast.ada }, { who: cast.ben }, { who: stranger }))?.title).toBe(
      'Signature',
    );
    const swapped = {
      ...good,
      signatures: good.signatures.map(({ sig }, index) => ({
        sig,
        keyid: good.signatures[1 - index]?.keyid ?? '',
      })),
    };
    expect(firstFailure(swapped)?.title).toBe('Signature');
  });

  it('does not count one key listed under two keyids', () => {
    const [one] = good.signatures;
    const twice = {
      ...signedBy({ who: cast.ada }),
      signatures: one === undefined ? [] : [one, { ...one, keyid: first(cast.ben).keyId }],
    };
    expect(verify(twice).ok).toBe(false);
  });

  it('needs the sign-off statement of everybody whose signature is to count', () => {
    expect(firstFailure({ ...good, signoffs: good.signoffs.slice(0, 1) })).toMatchObject({
      title: 'Approvals',
      checked: '1 count',
    });
  });

  it('is blocked by a refusal of somebody who may decide, and by nobody else’s', () => {
    const approvals: Signer[] = [{ who: cast.ada }, { who: cast.ben }];
    const trio = rosterText({
      people: [
        ...chain.roster.people.filter(({ id }) => id !== 'cleo'),
        person({ ...cast.cleo, roles: ['approver'] }),
      ],
    });
    const statement = frozen(chainOf(trio)).payload;
    const refusedByCleo = record(statement, [...approvals, { who: cast.cleo, decision: 'refuse' }]);
    expect(firstFailure(refusedByCleo, [trio])).toMatchObject({
      title: 'Refusals',
      detail: 'Cleo refused: I looked.',
    });
    expect(verify(signedBy(...approvals, { who: cast.gus, decision: 'refuse' })).ok).toBe(true);
  });

  it('does not take a sign-off about another statement, or by another hand', () => {
    const other = record(frozen(chain, { frozenAt: '2026-06-01T12:30:00Z' }).payload, [{ who: cast.ada }]);
    expect(firstFailure({ ...good, signoffs: other.signoffs })?.title).toBe('Sign-off statements');
    const forged = record(payload, [{ who: cast.ada, key: first(cast.ben) }]);
    expect(firstFailure({ ...good, signoffs: [...good.signoffs, ...forged.signoffs] })?.title).toBe(
      'Sign-off statements',
    );
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

  it('is about the files it lists: one more, one less or another breaks it though approvers signed', () => {
    expect(firstFailure(resigned((files) => files.slice(1)))?.title).toBe('Release');
    expect(firstFailure(resigned((files) => [...files, { path: 'x', sha256: sha256Hex('x') }]))?.title).toBe(
      'Release',
    );
    expect(
      firstFailure(resigned((files) => files.map((file) => ({ ...file, sha256: sha256Hex('y') }))))?.title,
    ).toBe('Release');
    expect(verify(resigned((files) => [...files, { path: 'model.sig', sha256: sha256Hex('sig') }])).ok).toBe(
      true,
    );
  });

  it('needs every required gate to pass, and one at least', () => {
    expect(firstFailure(withGates({ ...passing, verdict: 'fail' }))).toMatchObject({
      title: 'Gates',
      detail: `${passing.title}: fail`,
    });
    expect(firstFailure(withGates(passing, { ...passing, name: 'b', verdict: 'no evidence' }))?.title).toBe(
      'Gates',
    );
    expect(firstFailure(withGates({ ...passing, required: false }))?.title).toBe('Gates');
    const unsure = { ...passing, name: 'b', required: false, verdict: 'no evidence' as const };
    expect(verify(withGates(passing, unsure)).ok).toBe(true);
  });

  it('needs words from every approver for an advisory gate that failed', () => {
    const failed = withGates(passing, { ...passing, name: 'b', required: false, verdict: 'fail' });
    expect(firstFailure(failed)?.title).toBe('Approvals');
  });

  it('says which roster, and is judged by that one with every later revocation', () => {
    const revoke = (at: string) => {
      const revocations = [{ keyId: first(cast.ben).keyId, at, reason: 'stolen' }];
      return signRoster(nextRoster(chain, { revocations }, '2026-07-01T00:00:00Z'), ROOTS, [
        { name: 'one', text: roster },
      ]);
    };
    expect(verify(good, [roster, revoke('2026-06-15T00:00:00Z')]).ok).toBe(true);
    const before = firstFailure(good, [roster, revoke('2026-05-15T00:00:00Z')]);
    expect(before).toMatchObject({ title: 'Approvals', checked: '1 count' });
    const gone = nextRoster(
      chain,
      { people: chain.roster.people.filter(({ id }) => id !== 'ben') },
      '2026-07-01T00:00:00Z',
    );
    expect(verify(good, [roster, signRoster(gone, ROOTS, [{ name: 'one', text: roster }])]).ok).toBe(true);
  });

  it('is not verified with another roster, nor with an altered one, nor against another pin', () => {
    expect(firstFailure(good, [rosterText({ issuedAt: '2026-02-01T00:00:00Z' })])?.title).toBe(
      'Roster of the statement',
    );
    expect(firstFailure(good, [roster.replace('"sig": "', '"sig": "A')])?.title).toBe('Roster');
    expect(firstFailure(good, [roster], 'a'.repeat(64))?.title).toBe('Roster');
    expect(firstFailure(good, [])?.title).toBe('Roster');
  });

  it('of a submitter nobody knows is not good', () => {
    const unknown = altered((text) => text.replace('"submittedBy":"mia"', '"submittedBy":"somebody"'), true);
    expect(firstFailure(unknown)?.title).toBe('Submitter');
  });

  it('for another jurisdiction is none, though the right people signed it', () => {
    const elsewhere = altered((text) => text.replace('"jurisdiction":"US"', '"jurisdiction":"EU"'), true);
    expect(firstFailure(elsewhere)?.title).toBe('Statement');
  });

  it('frozen before its roster was issued is dated back, and not good', () => {
    const early = frozen(chain, { frozenAt: '2026-01-04T00:00:00Z' });
    const failure = firstFailure(record(early.payload, [{ who: cast.ada }, { who: cast.ben }]));
    expect([failure?.title, failure?.detail]).toEqual([
      'Roster of the statement',
      expect.stringContaining('after the statement was frozen (2026-01-04T00:00:00Z)'),
    ]);
  });

  it('of another team is none', () => {
    expect(
      firstFailure(
        altered(
          (text) =>
            text.replace(
              '"intendedUse":"Ranks the feed of US users.","name":"foryou","submittedBy":"mia","team":"us"',
              '"intendedUse":"Ranks the feed of US users.","name":"foryou","submittedBy":"mia","team":"global"',
            ),
          true,
        ),
      )?.title,
    ).toBe('Statement');
    expect(() => frozen(chain, { manifest: { ...evidence().manifest, team: 'global' } })).toThrow(
      'release of the global team',
    );
  });

  it.each(['', 'null', '[]', '{}', '{"payload":1}', '{"a":1,"a":2}'])(
    'made of %j fails at the file, without a crash',
    (text) => {
      expect(firstFailure(text)?.title).toBe('Record');
    },
  );
});

describe('evidence is frozen', () => {
  it('into the same bytes each time, whose digest names it', () => {
    expect(frozen(chain)).toEqual({ payload, digest });
    expect(canonicalJson(JSON.parse(payload))).toBe(payload);
    expect(digest).toBe(sha256Hex(payload));
  });

  it('only for a submitter on the roster and a replay of this release', () => {
    expect(() => frozen(chain, { manifest: { ...evidence().manifest, submitted_by: 'x' } })).toThrow(
      'who is not on the roster',
    );
    expect(() => frozen(chain, { bundleDigest: sha256Hex('other') })).toThrow(
      'is about foryou 1.1.0, not about',
    );
  });
});

describe('one changed byte', () => {
  const text = writeRecord(good);
  const bytes = Buffer.from(text);

  it('anywhere in a record makes it fail, unless it only moves white space', () => {
    fc.assert(
      fc.property(fc.nat(bytes.length - 1), fc.integer({ min: 1, max: 255 }), (place, change) => {
        const changed = Buffer.from(bytes);
        changed[place] = (changed[place] ?? 0) ^ change;
        const read = changed.toString('utf8');
        fc.pre(meaning(read) !== meaning(text));
        expect(verify(read).ok).toBe(false);
      }),
      { numRuns: 3000 },
    );
  }, 120_000);

  it('in the signed statement, put back under the same signatures, makes both signatures fail', () => {
    const statement = Buffer.from(payload);
    fc.assert(
      fc.property(fc.nat(statement.length - 1), fc.integer({ min: 1, max: 255 }), (place, change) => {
        const changed = Buffer.from(statement);
        changed[place] = (changed[place] ?? 0) ^ change;
        expect(verify({ ...good, payload: changed.toString('base64') }).ok).toBe(false);
      }),
      { numRuns: 2000 },
    );
  }, 120_000);
});
