import { z } from 'zod';
import type { Role } from '../roster/roster.ts';

export const ReleaseState = z.enum([
  'draft',
  'submitted',
  'in review',
  'approved',
  'in production',
  'superseded',
  'refused',
  'withdrawn',
  'revoked',
]);
export type ReleaseState = z.infer<typeof ReleaseState>;

/** What a person signs to move a release; decisions on a statement (approve, refuse) are signed on their own. */
export const ReleaseAction = z.enum([
  'submit',
  'review',
  'withdraw',
  'promote',
  'roll back',
  'revoke',
  'diverge',
]);
export type ReleaseAction = z.infer<typeof ReleaseAction>;

type Deed = ReleaseAction | 'approve' | 'refuse' | 'withdraw refusal';

export interface Transition {
  readonly from: readonly ReleaseState[];
  readonly to: ReleaseState;
  /** Any of these roles of the US organisation may do it. */
  readonly roles: readonly Role[];
  /** How many different people sign; `threshold`: as many as the roster asks of approvers. */
  readonly signatures: number | 'threshold';
  /** Whose releases it is for. */
  readonly team: 'us' | 'global';
  readonly needsReason: boolean;
  /** Only this person: who submitted the release, or who refused it. */
  readonly only?: 'submitter' | 'refuser';
}

/** Every way in which a release changes its state. What is not listed is refused. */
export const TRANSITIONS: Readonly<Record<Deed, Transition>> = {
  submit: {
    from: ['draft'],
    to: 'submitted',
    roles: ['reviewer', 'analyst', 'approver'],
    signatures: 1,
    team: 'us',
    needsReason: false,
    only: 'submitter',
  },
  review: {
    from: ['submitted'],
    to: 'in review',
    roles: ['reviewer', 'analyst', 'approver'],
    signatures: 1,
    team: 'us',
    needsReason: false,
  },
  approve: {
    from: ['in review'],
    to: 'approved',
    roles: ['approver'],
    signatures: 'threshold',
    team: 'us',
    needsReason: true,
  },
  refuse: {
    from: ['in review', 'approved'],
    to: 'refused',
    roles: ['approver'],
    signatures: 1,
    team: 'us',
    needsReason: true,
  },
  'withdraw refusal': {
    from: ['refused'],
    to: 'in review',
    roles: ['approver'],
    signatures: 1,
    team: 'us',
    needsReason: true,
    only: 'refuser',
  },
  withdraw: {
    from: ['draft', 'submitted', 'in review', 'approved'],
    to: 'withdrawn',
    roles: ['reviewer', 'analyst', 'approver'],
    signatures: 1,
    team: 'us',
    needsReason: true,
    only: 'submitter',
  },
  promote: {
    from: ['approved'],
    to: 'in production',
    roles: ['approver'],
    signatures: 1,
    team: 'us',
    needsReason: false,
  },
  'roll back': {
    from: ['superseded'],
    to: 'in production',
    roles: ['approver'],
    signatures: 2,
    team: 'us',
    needsReason: true,
  },
  revoke: {
    from: ['approved', 'in production', 'superseded'],
    to: 'revoked',
    roles: ['approver'],
    signatures: 1,
    team: 'us',
    needsReason: true,
  },
  diverge: {
    from: ['draft'],
    to: 'refused',
    roles: ['approver'],
    signatures: 1,
    team: 'global',
    needsReason: true,
  },
};

/** Why a release of this team in this state cannot take the step, or null when it can. */
export function transitionRefusedBecause(
  deed: Deed,
  team: 'us' | 'global',
  state: ReleaseState,
): string | null {
  const { from, team: whose } = TRANSITIONS[deed];
  if (whose !== team) {
    return team === 'global'
      ? 'it is a release of the global team, which can be compared and never approved for US users'
      : 'it is a release of the US team, and only a global release can be diverged from';
  }
  return from.includes(state) ? null : `it is ${state}, and “${deed}” starts from ${listed(from)}`;
}

const listed = (states: readonly ReleaseState[]): string =>
  states.length === 1 ? (states[0] ?? '') : `${states.slice(0, -1).join(', ')} or ${states.at(-1) ?? ''}`;
