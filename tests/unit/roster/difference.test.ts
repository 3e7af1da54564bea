import { describe, expect, it } from 'vitest';
import { rosterDifference } from '../../../shared/domain/roster/difference.ts';
import type { Roster } from '../../../shared/domain/roster/roster.ts';

const key = (name: string, validUntil = '2028-01-01T00:00:00Z') => ({
  publicKey: name,
  validFrom: '2026-01-01T00:00:00Z',
  validUntil,
});
const person = (
  id: string,
  roles: Roster['people'][number]['roles'],
  keys: Roster['people'][number]['keys'],
) => ({ id, name: id.toUpperCase(), organisation: 'us' as const, roles, keys });
const BEFORE: Roster = {
  format: 'stateside-roster',
  version: 1,
  previous: null,
  organisation: 'us',
  issuedAt: '2026-01-01T00:00:00Z',
  people: [person('ada', ['root'], [key('a1')]), person('ben', ['approver'], [key('b1')])],
  revocations: [],
  thresholds: { approver: 2, root: 1 },
};
const difference = (change: Partial<Roster>) =>
  rosterDifference(BEFORE, { ...BEFORE, ...change }, (publicKey) => `id-of-${publicKey}`);

describe('what a roster version changes', () => {
  it('is nothing for the same people', () => {
    expect(difference({})).toEqual([]);
  });

  it('names who joins, who leaves, and which thresholds move', () => {
    expect(
      difference({
        people: [...BEFORE.people.slice(0, 1), person('cleo', ['approver', 'root'], [])],
        thresholds: { approver: 3, root: 1 },
      }),
    ).toEqual([
      'CLEO joins (us: approver, root)',
      'BEN leaves',
      'The threshold of approvers goes from 2 to 3',
    ]);
  });

  it('names roles, organisation, keys and validity of those who stay', () => {
    const ben = person('ben', ['reviewer'], [key('b2')]);
    expect(
      difference({
        people: [
          { ...person('ada', ['root'], [key('a1', '2027-01-01T00:00:00Z')]), name: 'Ada B' },
          { ...ben, organisation: 'global' },
        ],
        revocations: [{ keyId: 'id-of-b1', at: '2026-02-01T00:00:00Z', reason: 'lost' }],
      }),
    ).toEqual([
      'ADA is now called Ada B',
      'Key id-of-a1 of Ada B is now valid from 2026-01-01T00:00:00Z to 2027-01-01T00:00:00Z',
      'BEN goes from us to global',
      'BEN becomes reviewer',
      'BEN is no longer approver',
      'BEN has the new key id-of-b2',
      'BEN no longer has the key id-of-b1',
      'Key id-of-b1 is revoked: lost',
    ]);
  });
});
