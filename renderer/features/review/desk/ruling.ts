import type { ReviewTask } from '../../../../shared/contract/review/desk.ts';
import type { ItemRuling, Ruling } from '../../../../shared/domain/review/decision.ts';
import {
  findPolicy,
  type ItemAction,
  type Policy,
  type PolicyLibrary,
} from '../../../../shared/domain/review/policy-library.ts';
import type { Command } from './commands.ts';

export const ACTIONS = ['fine', 'demote', 'remove', 'escalate'] as const satisfies readonly ItemAction[];

/** What stands in the decision panel before an action is chosen. */
export interface Form {
  readonly policy: string | null;
  /** null: the policy's first. */
  readonly reason: string | null;
  /** null: the policy's own. */
  readonly severity: number | null;
  readonly note: string;
}

/** A ruling of an item from the panel; actions that violate no policy carry none. */
export function itemRuling(
  itemId: string,
  actions: readonly ItemAction[],
  { policy, form, uncovered }: { policy: Policy | undefined; form: Form; uncovered: readonly string[] },
): ItemRuling {
  const violates = actions.some((action) => action !== 'fine' && action !== 'escalate');
  const named = violates || (actions.includes('escalate') && form.policy !== null);
  const under = named && !actions.includes('fine') ? policy : undefined;
  return {
    ...{ kind: 'item', itemId, actions: [...actions], note: form.note },
    ...{ revealed: uncovered.includes(itemId), uncovered: [...uncovered] },
    policy: under?.id ?? null,
    reason: under === undefined ? null : (form.reason ?? under.reasons[0]?.code ?? null),
    severity: under === undefined ? null : (form.severity ?? under.severity),
  };
}

/** Why actions are not given under a policy that the campaign's library lacks; null where that is none of them. */
export function policyLacking(
  actions: readonly ItemAction[],
  { policy }: Form,
  library: PolicyLibrary,
): string | null {
  if (policy === null || actions.includes('fine') || findPolicy(library, policy) !== null) return null;
  return `Not saved: the policies of this campaign, version ${library.version}, have no “${policy}”. Choose one they have, then rule again.`;
}

/** The panel for one action more: what the item was ruled under stays, unless the person changes it. */
export const formToAdd = (current: Ruling | undefined, form: Form): Form => {
  if (current?.kind !== 'item') return form;
  const { policy, reason, severity, note } = current;
  return policy === null ? { ...form, note } : { policy, reason, severity, note };
};

/** The verdict that a key gives, by how the feed is shown. */
export function verdictOf(
  command: Command,
  mode: ReviewTask['mode'],
  said: { note: string; uncovered: string[] },
): Ruling | null {
  const at = (['first', 'second', 'third'] as const).findIndex((name) => name === command);
  if (at === -1) return null;
  if (mode === 'open') {
    const verdict = (['acceptable', 'acceptable with concerns', 'not acceptable'] as const)[at];
    return verdict === undefined ? null : { kind: 'feed', verdict, ...said };
  }
  const preferred = (['left', 'no difference', 'right'] as const)[at];
  return preferred === undefined ? null : { kind: 'preference', preferred, ...said };
}

export const VERDICT_WORDS: Readonly<Record<ReviewTask['mode'], readonly [string, string, string]>> = {
  open: ['Acceptable', 'Acceptable with concerns', 'Not acceptable'],
  blind: ['The left feed is better', 'No difference', 'The right feed is better'],
};

export const ACTION_WORDS: Readonly<Record<ItemAction, string>> = {
  fine: 'Fine',
  demote: 'Demote',
  remove: 'Remove',
  escalate: 'Escalate',
};

/** A ruling in words, for the card and for the screen reader. */
export function rulingWords(ruling: Ruling | undefined): string {
  if (ruling === undefined) return '';
  if (ruling.kind === 'item') return ruling.actions.map((action) => ACTION_WORDS[action]).join(' and ');
  if (ruling.kind === 'feed') return ruling.verdict;
  return ruling.preferred === 'no difference' ? 'no difference' : `${ruling.preferred} is better`;
}
