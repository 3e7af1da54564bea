import type { Ruling } from './decision.ts';

/** What a ruling decides, in words for a sentence, without its note. */
export function decidedWords(ruling: Ruling): string {
  if (ruling.kind === 'feed') return ruling.verdict;
  if (ruling.kind === 'preference')
    return ruling.preferred === 'no difference' ? 'no difference' : `${ruling.preferred} preferred`;
  const { actions, policy, reason, severity } = ruling;
  const under = policy === null ? '' : ` under ${policy}${reason === null ? '' : ` (${reason})`}`;
  return `${actions.join(' and ')}${under}${severity === null ? '' : `, severity ${severity}`}`;
}
