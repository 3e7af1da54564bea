import { describe, expect, it } from 'vitest';
import { canonicalDigest } from '../../../electron/services/signoff/digest.ts';
import { decisionProblem } from '../../../electron/services/signoff/package/logged-decisions.ts';
import { entryText } from '../../../shared/domain/log/entry.ts';
import { canonicalJson } from '../../../shared/domain/statements/canonical-json.ts';
import { cast, chainOf, frozen, record, rosterText, SIGNED_AT } from './cast.ts';

const chain = chainOf(rosterText());
const { payload, digest } = frozen(chain);
const both = record(payload, [{ who: cast.ada }, { who: cast.ben }]);
const LATER = '2026-06-01T15:00:00Z';

const entries = (at: string, signoffs = both.signoffs): string[] =>
  signoffs.map((envelope, seq) =>
    entryText(
      { seq, at, actor: 'somebody', action: 'signoff.collect', subject: 'the release', previous: null },
      canonicalJson({ statement: digest, signoff: canonicalDigest(envelope) }),
    ),
  );
const problem = (logged: readonly string[], keys = chain.keys, of = both): string | null =>
  decisionProblem(of, logged, digest, keys);

describe('the decisions of a record', () => {
  it('are good when each was logged while its key could sign', () => {
    expect(problem(entries(SIGNED_AT))).toBeNull();
    expect(problem(entries(LATER))).toBeNull();
  });

  it('are not when one stands in no entry', () =>
    expect(problem(entries(SIGNED_AT).slice(1))).toMatch(/^the decision of (ada|ben) stands in no entry$/));

  it('are not when one was logged after its key was revoked, though it is dated before', () => {
    const revocation = { keyId: '', at: '2026-06-01T14:00:00Z', reason: 'stolen' };
    const keys = chain.keys.map((key) => (key.person.id === 'ben' ? { ...key, revocation } : key));
    expect(problem(entries(SIGNED_AT), keys)).toBeNull();
    expect(problem(entries(LATER), keys)).toBe(
      `the decision of ben was logged at ${LATER}, and the key was revoked at 2026-06-01T14:00:00Z (stolen)`,
    );
  });

  it('are not when one that was logged, such as a refusal, was left out of the record', () => {
    const third = record(payload, [
      { who: cast.ada },
      { who: cast.ben },
      { who: cast.cleo, decision: 'refuse' },
    ]);
    expect(problem(entries(SIGNED_AT, third.signoffs))).toBe(
      '1 decisions on this statement were logged and are not in the record',
    );
    expect(problem(entries(SIGNED_AT, third.signoffs), chain.keys, third)).toBeNull();
  });
});
