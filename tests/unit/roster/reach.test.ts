import { describe, expect, it } from 'vitest';
import { keyring } from '../../../shared/domain/roster/keyring.ts';
import { reachOf } from '../../../shared/domain/roster/reach.ts';
import type { Roster } from '../../../shared/domain/roster/roster.ts';
import { keyIdOf } from '../../../electron/services/signoff/ed25519.ts';
import { cast, first, roster, SIGNED_AT } from '../signoff/cast.ts';

const reach = (of: Roster, at = SIGNED_AT, submitter: string | null = null) =>
  Object.fromEntries(
    reachOf(of, keyring(of, keyIdOf), at, submitter).map(({ role, ...rest }) => [role, rest]),
  );

describe('who could sign now', () => {
  it('counts people and not keys, and nobody of another organisation', () => {
    const { approver, root } = reach(roster());
    expect(approver).toEqual({
      threshold: 2,
      able: ['Ada', 'Ben', 'Mia'],
      reachable: true,
      survivesLoss: true,
    });
    expect(root).toEqual({ threshold: 2, able: ['Rita', 'Rolf'], reachable: true, survivesLoss: false });
  });

  it('says when the last spare signer is gone, and when there are too few', () => {
    expect(reach(roster(), SIGNED_AT, 'mia')['approver']).toMatchObject({ survivesLoss: false });
    const revocations = [cast.ben, cast.mia].map((who) => ({
      keyId: first(who).keyId,
      at: '2026-05-01T00:00:00Z',
      reason: 'left',
    }));
    expect(reach(roster({ revocations }))['approver']).toMatchObject({ able: ['Ada'], reachable: false });
    expect(reach(roster(), '2029-01-01T00:00:00Z')['root']).toMatchObject({ able: [], reachable: false });
  });
});
