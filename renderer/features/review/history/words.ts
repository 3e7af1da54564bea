import type { Ruling } from '../../../../shared/domain/review/decision.ts';
import type { ItemAction } from '../../../../shared/domain/review/policy-library.ts';

export const ACTION_WORDS: Readonly<Record<ItemAction, string>> = {
  fine: 'fine',
  demote: 'demote',
  remove: 'remove from recommendations',
  escalate: 'escalate',
};

/** What was decided, in words; a preference as the side that was shown. */
export function rulingWords(ruling: Ruling): string {
  if (ruling.kind === 'item') return ruling.actions.map((action) => ACTION_WORDS[action]).join(' and ');
  if (ruling.kind === 'feed') return ruling.verdict;
  return ruling.preferred === 'no difference' ? 'no difference' : `${ruling.preferred} is better`;
}
