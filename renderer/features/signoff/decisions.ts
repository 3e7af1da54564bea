import type { DecisionInput, SignerRow, SignoffDetail } from '../../../shared/contract/signoff.ts';

export type Decision = DecisionInput['decision'];

/** What can be decided about a release in its state. */
export function decisionsOf({ state, statement }: SignoffDetail): Decision[] {
  if (statement === null) return [];
  if (state === 'in review') return ['approve', 'refuse'];
  if (state === 'approved') return ['refuse'];
  return state === 'refused' ? ['withdraw refusal'] : [];
}

/** Keys here with which a decision could be signed: of those who did not decide yet, or of who refused. */
export function signersFor(decision: Decision, { signers, decisions }: SignoffDetail): SignerRow[] {
  const last = new Map(decisions.map((made) => [made.keyId, made.decision]));
  return signers.filter(({ keyHere, keyId }) => {
    const made = last.get(keyId);
    const open = made === undefined || made === 'withdraw refusal';
    return keyHere && (decision === 'withdraw refusal' ? made === 'refuse' : open);
  });
}

export const DEEDS: Record<Decision, { readonly choose: string; readonly sign: string }> = {
  approve: { choose: 'Approve', sign: 'Sign approval of' },
  refuse: { choose: 'Refuse', sign: 'Sign refusal of' },
  'withdraw refusal': { choose: 'Withdraw the refusal', sign: 'Withdraw the refusal of' },
};
