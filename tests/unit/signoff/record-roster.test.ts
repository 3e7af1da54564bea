import { describe, expect, it } from 'vitest';
import { nextRoster, signRoster } from '../../../electron/services/signoff/next-roster.ts';
import { cast, first, frozen, record, ROOTS, rosterText } from './cast.ts';
import { chain, firstFailure, good, roster, verify } from './recorded.ts';

describe('the roster of a release record', () => {
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

  it('frozen before its roster was issued is dated back, and not good', () => {
    const early = frozen(chain, { frozenAt: '2026-01-04T00:00:00Z' });
    const failure = firstFailure(record(early.payload, [{ who: cast.ada }, { who: cast.ben }]));
    expect([failure?.title, failure?.detail]).toEqual([
      'Roster of the statement',
      expect.stringContaining('after the statement was frozen (2026-01-04T00:00:00Z)'),
    ]);
  });
});
