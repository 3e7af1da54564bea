import { describe, expect, it } from 'vitest';
import { emptyRecord, writeRecord } from '../../../electron/services/signoff/record.ts';
import { verifyRecord } from '../../../electron/services/signoff/verify-record.ts';
import {
  cast,
  chainOf,
  first,
  freshKey,
  frozen,
  passing,
  person,
  record,
  rosterText,
  type Signer,
} from './cast.ts';
import { altered, chain, firstFailure, good, payload, roster, signedBy, verify } from './recorded.ts';

const withGates = (...gates: (typeof passing)[]) =>
  record(frozen(chain, { gates }).payload, [{ who: cast.ada }, { who: cast.ben }]);

describe('the approvals of a release record', () => {
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

  it('counts none dated ahead of the clock by more than clocks differ', () => {
    const dated = (at: string) =>
      verifyRecord({
        record: writeRecord(signedBy({ who: cast.ada }, { who: cast.ben, at })),
        rosters: [{ name: 'roster.json', text: roster }],
        at: '2026-07-01T12:00:00Z',
      });
    expect(dated('2026-07-01T12:59:00Z').ok).toBe(true);
    expect(dated('2026-07-01T13:01:00Z').steps.find(({ ok }) => !ok)).toMatchObject({
      title: 'Approvals',
      detail: expect.stringContaining('it is only 2026-07-01T12:00:00Z here; set the clock that is wrong'),
    });
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

  it('does not count the signature of somebody whose own statement refuses, even when the refusal was withdrawn', () => {
    const both = signedBy({ who: cast.ada }, { who: cast.ben });
    const decided = (...decisions: ('refuse' | 'withdraw refusal')[]) =>
      decisions.flatMap(
        (decision, at) => signedBy({ who: cast.ben, decision, at: `2026-06-01T13:0${at}:00Z` }).signoffs,
      );
    const of = (ben: typeof both.signoffs) => ({
      ...both,
      signoffs: [...signedBy({ who: cast.ada }).signoffs, ...ben],
    });
    const refusing = verify(of(decided('refuse'))).steps.filter(({ ok }) => !ok);
    expect(refusing.map(({ title }) => title)).toEqual(['Refusals', 'Approvals']);
    expect(firstFailure(of(decided('refuse', 'withdraw refusal')))).toMatchObject({
      title: 'Approvals',
      checked: '1 count',
    });
  });

  it('does not take a sign-off about another statement, or by another hand', () => {
    const other = record(frozen(chain, { frozenAt: '2026-06-01T12:30:00Z' }).payload, [{ who: cast.ada }]);
    expect(firstFailure({ ...good, signoffs: other.signoffs })?.title).toBe('Sign-off statements');
    const forged = record(payload, [{ who: cast.ada, key: first(cast.ben) }]);
    expect(firstFailure({ ...good, signoffs: [...good.signoffs, ...forged.signoffs] })?.title).toBe(
      'Sign-off statements',
    );
  });

  it('needs words from every approver for an advisory gate that failed', () => {
    const failed = withGates(passing, { ...passing, name: 'b', required: false, verdict: 'fail' });
    expect(firstFailure(failed)?.title).toBe('Approvals');
  });

  it('of a submitter nobody knows is not good', () => {
    const unknown = altered((text) => text.replace('"submittedBy":"mia"', '"submittedBy":"somebody"'), true);
    expect(firstFailure(unknown)?.title).toBe('Submitter');
  });
});
