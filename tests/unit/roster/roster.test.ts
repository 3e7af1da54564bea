import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { countSignatures } from '../../../shared/domain/roster/counting.ts';
import { keyring } from '../../../shared/domain/roster/keyring.ts';
import { personNamed, PublicKeyPem, Roster, ROSTER_PAYLOAD } from '../../../shared/domain/roster/roster.ts';
import { keyIdOf } from '../../../electron/services/signoff/ed25519.ts';
import { signEnvelope } from '../../../electron/services/signoff/envelope.ts';
import type { SigningKey } from '../../../electron/services/signoff/key-file.ts';
import { nextRoster, signRoster } from '../../../electron/services/signoff/next-roster.ts';
import { readRosterChain } from '../../../electron/services/signoff/roster-chain.ts';
import {
  cast,
  chainOf,
  first,
  freshKey,
  member,
  person,
  ROOTS,
  roster,
  rosterText,
  SIGNED_AT,
} from '../signoff/cast.ts';

const signed = (value: unknown, keys: readonly SigningKey[], type = ROSTER_PAYLOAD): string =>
  JSON.stringify(signEnvelope(type, value, keys));
const read =
  (...texts: string[]) =>
  () =>
    chainOf(...texts);

const refusedFor = (change: Partial<Roster>) =>
  Roster.safeParse(roster(change)).error?.issues.map(({ message }) => message);
const keysOf = (value: Roster) => keyring(value, keyIdOf);

const spelled = (text: string) => PublicKeyPem.safeParse(text).success;
const reasons = (
  claims: readonly (readonly [SigningKey, string])[],
  value = roster(),
  submitter: string | null = 'mia',
) =>
  countSignatures(
    value,
    submitter,
    claims.map(([key, at]) => ({
      key: keysOf(value).find(({ keyId }) => keyId === key.keyId) ?? null,
      at,
    })),
  ).map(({ notCountedBecause }) => notCountedBecause);
const { people } = roster();

describe('a roster', () => {
  it('is taken when it is sound', () => expect(Roster.safeParse(roster()).success).toBe(true));

  it('gives no key to two people, and so none to two organisations', () => {
    const borrowed = { ...person(member('eve', 'global', ['approver'])), keys: person(cast.ben).keys };
    expect(refusedFor({ people: [...people, borrowed] })).toEqual([
      'holds a key twice; give each person keys of their own',
    ]);
  });

  it('names nobody twice', () => {
    const twin = person(member('ben', 'us', ['reviewer']));
    expect(refusedFor({ people: [...people, twin] })).toEqual([
      'gives two people one id; give each their own',
      'gives two people one name; tell them apart',
    ]);
  });

  it('asks for four eyes at least', () => {
    expect(refusedFor({ thresholds: { approver: 1, root: 2 } })).toHaveLength(1);
  });

  it('has enough roots of its own organisation', () => {
    expect(refusedFor({ thresholds: { approver: 2, root: 3 } })).toEqual([
      'has fewer roots with a key than its threshold of roots; add roots or lower it',
    ]);
  });

  it('has a previous version exactly when it is not the first', () => {
    expect(refusedFor({ version: 2 })).toHaveLength(1);
    expect(refusedFor({ previous: 'a'.repeat(64) })).toHaveLength(1);
  });

  it('takes a key only in its one canonical spelling', () => {
    const { publicKey } = first(cast.ben);
    expect(spelled(publicKey)).toBe(true);
    expect(spelled(publicKey.replaceAll('\n', '\r\n'))).toBe(false);
    expect(spelled(publicKey.replace(/.=\n/, 'B=\n'))).toBe(false);
  });

  it('knows a person by id or name, whatever the case', () => {
    expect(personNamed(roster(), ' MIA ')?.id).toBe('mia');
    expect(personNamed(roster(), 'nobody')).toBeNull();
  });
});

describe('the chain of rosters', () => {
  const one = rosterText();
  const chain = chainOf(one);
  const later = '2026-07-01T00:00:00Z';
  const two = signRoster(nextRoster(chain, {}, later), ROOTS, [{ name: 'one', text: one }]);

  it('is good with both roots’ signatures, in whatever order the files are given', () => {
    expect(chainOf(two, one).roster.version).toBe(2);
  });

  it('begins at the pinned digest', () => {
    const texts = [{ name: 'one', text: one }];
    expect(readRosterChain(texts, chain.digest).digest).toBe(chain.digest);
    expect(() => readRosterChain(texts, 'a'.repeat(64))).toThrow('not the pinned');
    expect(read(two)).toThrow('not the first');
    expect(readRosterChain([{ name: 'two', text: two }], chainOf(one, two).digest).roster.version).toBe(2);
  });

  it('is refused with fewer roots than the threshold, twice the same root, or a global root', () => {
    const [rita] = ROOTS;
    expect(read(signed(roster(), ROOTS.slice(0, 1)))).toThrow('signed by 1 of its own roots and needs 2');
    expect(read(signed(roster(), rita === undefined ? [] : [rita, rita]))).toThrow('signed by 1 of its own');
    expect(read(signed(roster(), [...ROOTS.slice(0, 1), first(cast.gro)]))).toThrow('signed by 1 of its own');
  });

  it('needs the former roots: new ones cannot take a roster over', () => {
    const usurpers = [member('uma', 'us', ['root']), member('udo', 'us', ['root'])];
    const people = [
      ...roster().people.filter(({ roles }) => !roles.includes('root')),
      ...usurpers.map((who) => person(who)),
    ];
    const next = nextRoster(chain, { people }, later);
    expect(read(one, signed(next, usurpers.map(first)))).toThrow(
      'signed by 0 roots of version 1 and needs 2',
    );
    expect(chainOf(one, signed(next, [...usurpers.map(first), ...ROOTS])).roster.version).toBe(2);
  });

  it('is refused when a step is missing or names another version before', () => {
    const three = signed(nextRoster(chainOf(one, two), {}, later), ROOTS);
    expect(read(one, three)).toThrow('does not follow version 1');
    expect(read(one, signed({ ...nextRoster(chain, {}, later), previous: 'b'.repeat(64) }, ROOTS))).toThrow(
      'another previous version',
    );
    expect(
      read(one, signed({ ...nextRoster(chain, {}, later), issuedAt: '2026-01-01T00:00:00Z' }, ROOTS)),
    ).toThrow('before the version it follows');
  });

  it('does not forget a revocation', () => {
    const revocations = [{ keyId: first(cast.ben).keyId, at: later, reason: 'lost' }];
    const revoking = signed(nextRoster(chain, { revocations }, later), ROOTS);
    const forgetting = signed(
      nextRoster(chainOf(one, revoking), { revocations: [] }, '2026-08-01T00:00:00Z'),
      ROOTS,
    );
    expect(read(one, revoking, forgetting)).toThrow('takes back the revocation');
  });

  it('does not take the word of a root whose key is revoked or has run out', () => {
    const revocations = [{ keyId: first(cast.rita).keyId, at: '2026-06-01T00:00:00Z', reason: 'stolen' }];
    expect(read(one, signed(nextRoster(chain, { revocations }, later), ROOTS))).toThrow(
      'signed by 1 roots of version 1',
    );
    expect(read(signed(roster({ issuedAt: '2029-01-01T00:00:00Z' }), ROOTS))).toThrow(
      'signed by 0 of its own',
    );
  });

  it('is no roster with another payload type, altered bytes or unknown members', () => {
    expect(read(signed(roster(), ROOTS, 'application/vnd.in-toto+json'))).toThrow('payload type');
    expect(read(signed({ ...roster(), everybody: true }, ROOTS))).toThrow('everybody');
    expect(read('{"payload"')).toThrow('not strict JSON');
    const envelope = signEnvelope(ROSTER_PAYLOAD, roster(), ROOTS);
    const looser = Buffer.from(JSON.stringify(roster())).toString('base64');
    expect(read(JSON.stringify({ ...envelope, payload: looser }))).toThrow('not in canonical form');
    const lowered = Buffer.from(
      Buffer.from(envelope.payload, 'base64').toString().replace('"root":2', '"root":1'),
    ).toString('base64');
    expect(read(JSON.stringify({ ...envelope, payload: lowered }))).toThrow('signed by 0 of its own');
  });
});

describe('counting', () => {
  const [ada, ben, mia, gus, cleo] = [cast.ada, cast.ben, cast.mia, cast.gus, cast.cleo]
    .map(first)
    .map((key) => [key, SIGNED_AT] as const);
  if (!ada || !ben || !mia || !gus || !cleo) throw new Error('the cast is incomplete');

  it('takes two approvers of the US organisation', () => expect(reasons([ada, ben])).toEqual([null, null]));

  it('never takes a key of another organisation, whatever its role', () => {
    expect(reasons([gus])).toEqual([expect.stringContaining('global organisation')]);
    const others = people.filter(({ id }) => id !== 'gus');
    const all = roster({
      people: [...others, person({ ...cast.gus, roles: ['approver', 'root', 'auditor'] })],
    });
    expect(reasons([gus], all)).toEqual([expect.stringContaining('global organisation')]);
  });

  it('does not take the submitter’s own, by id or by name', () => {
    expect(reasons([mia])).toEqual(['Mia submitted the release']);
    expect(reasons([mia], roster(), 'MIA')).toEqual(['Mia submitted the release']);
    expect(reasons([mia], roster(), 'ada')).toEqual([null]);
    expect(reasons([mia], roster(), null)).toEqual([null]);
  });

  it('takes one person once, with whichever key comes first', () => {
    const second = cast.ada.signing[1] ?? freshKey();
    expect(reasons([ada, [second, SIGNED_AT]])).toEqual([null, 'Ada signed already with another key']);
    expect(reasons([ada, ada])).toEqual([null, 'the same key signed already']);
  });

  it('does not let a signature that fails use up a person', () => {
    const second = cast.ada.signing[1] ?? freshKey();
    expect(
      reasons([
        [first(cast.ada), '2020-01-01T00:00:00Z'],
        [second, SIGNED_AT],
      ]),
    ).toEqual([expect.stringContaining('only from'), null]);
  });

  it('does not take reviewers, or strangers', () => {
    expect(reasons([cleo])).toEqual(['Cleo is not an approver']);
    expect(reasons([[freshKey(), SIGNED_AT]])).toEqual(['no key of the roster made it']);
  });

  it('takes a key from its first moment up to and not including its last', () => {
    const key = first(cast.ben);
    const at = (moment: string) => reasons([[key, moment]])[0];
    expect(at('2025-12-31T23:59:59.999Z')).toContain('only from');
    expect(at('2026-01-01T00:00:00Z')).toBeNull();
    expect(at('2027-12-31T23:59:59.999Z')).toBeNull();
    expect(at('2028-01-01T00:00:00Z')).toContain('only until');
    expect(at('yesterday')).toContain('not known');
  });

  it('takes a key before its revocation and not from then on', () => {
    const key = first(cast.ben);
    const revoked = roster({ revocations: [{ keyId: key.keyId, at: SIGNED_AT, reason: 'laptop stolen' }] });
    expect(reasons([[key, '2026-06-01T12:59:59Z']], revoked)).toEqual([null]);
    expect(reasons([[key, SIGNED_AT]], revoked)).toEqual([
      `the key was revoked at ${SIGNED_AT} (laptop stolen)`,
    ]);
  });

  it('does not take a signature whose time nobody vouches for', () => {
    const key = keysOf(roster()).find(({ keyId }) => keyId === first(cast.ben).keyId) ?? null;
    expect(countSignatures(roster(), 'mia', [{ key, at: null }])[0]?.notCountedBecause).toContain(
      'not known',
    );
  });
});

describe('the sample roster', () => {
  const text = readFileSync(
    join(import.meta.dirname, '../../../resources/sample/people/roster.json'),
    'utf8',
  );

  it('is properly signed, and nobody of the global organisation could sign', () => {
    const { roster: sample, keys } = chainOf(text);
    const counted = countSignatures(
      sample,
      'Mara Quiñones',
      keys.map((key) => ({ key, at: SIGNED_AT })),
    );
    const counting = counted
      .filter(({ notCountedBecause }) => notCountedBecause === null)
      .map(({ key }) => key?.person.id);
    expect(counting).toEqual(['dana.whitfield', 'joel.abernathy', 'priya.raman']);
    expect(personNamed(sample, 'Henrik Solvang')?.organisation).toBe('global');
  });
});
