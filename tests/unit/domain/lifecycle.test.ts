import { describe, expect, it } from 'vitest';
import {
  ReleaseState,
  transitionRefusedBecause,
  TRANSITIONS,
} from '../../../shared/domain/release/lifecycle.ts';

type Deed = keyof typeof TRANSITIONS;

/** Written out by hand: every step there is. */
const ALLOWED: readonly (readonly [ReleaseState, Deed, ReleaseState])[] = [
  ['draft', 'submit', 'submitted'],
  ['draft', 'withdraw', 'withdrawn'],
  ['submitted', 'review', 'in review'],
  ['submitted', 'withdraw', 'withdrawn'],
  ['in review', 'approve', 'approved'],
  ['in review', 'refuse', 'refused'],
  ['in review', 'withdraw', 'withdrawn'],
  ['refused', 'withdraw refusal', 'in review'],
  ['approved', 'refuse', 'refused'],
  ['approved', 'withdraw', 'withdrawn'],
  ['approved', 'promote', 'in production'],
  ['approved', 'revoke', 'revoked'],
  ['in production', 'revoke', 'revoked'],
  ['superseded', 'roll back', 'in production'],
  ['superseded', 'revoke', 'revoked'],
];
const deeds = Object.keys(TRANSITIONS).filter((name): name is Deed => name in TRANSITIONS);

describe('the states of a release', () => {
  it('change as the table says and in no other way', () => {
    for (const state of ReleaseState.options) {
      for (const deed of deeds) {
        const found = ALLOWED.find(([from, name]) => from === state && name === deed);
        const because = transitionRefusedBecause(deed, 'us', state);
        expect([state, deed, because === null]).toEqual([state, deed, found !== undefined]);
        if (found !== undefined) expect(TRANSITIONS[deed].to).toBe(found[2]);
      }
    }
  });

  it('of a global release lead nowhere but to a refusal', () => {
    for (const state of ReleaseState.options) {
      for (const deed of deeds) {
        const because = transitionRefusedBecause(deed, 'global', state);
        expect([state, deed, because === null]).toEqual([
          state,
          deed,
          state === 'draft' && deed === 'diverge',
        ]);
      }
    }
    expect(TRANSITIONS.diverge.to).toBe('refused');
  });

  it('never move by a role that may only look', () => {
    for (const { roles } of Object.values(TRANSITIONS)) {
      expect(roles).not.toContain('auditor');
      expect(roles).not.toContain('root');
    }
    expect(TRANSITIONS['roll back'].signatures).toBe(2);
  });
});
