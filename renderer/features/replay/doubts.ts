import type { Measure } from '../../../shared/domain/replay/report.ts';
import { plural } from '../../components/number.ts';

/** Below so many requests a mean over them says little: its interval is itself no longer to be trusted. */
export const FEW_REQUESTS = 100;

/** From so many groups on the smallest lies well below the largest even where all are alike. */
const MANY_GROUPS = 5;

/** A word or two beside a number, and what they mean. */
export interface Doubt {
  readonly word: string;
  readonly reason: string;
}

/** Why a figure is not to be trusted as it stands; each a word or two with its reason. */
export function doubtsOf({ difference, requests, intervals, p, groups }: Measure): Doubt[] {
  if (difference === null) return groups === undefined ? [] : [uncompared(groups)];
  const doubts = [];
  if (requests < FEW_REQUESTS)
    doubts.push({
      word: 'few requests',
      reason: `It rests on ${plural(requests, 'request')}; below ${FEW_REQUESTS} neither the figure nor its interval can be trusted`,
    });
  if (p === null)
    doubts.push({
      word: 'all ties',
      reason: 'Nothing differs in it however the rankers are swapped, so no test is possible',
    });
  if (intervals?.difference === null)
    doubts.push({
      word: 'no interval',
      reason: 'There are not enough requests to say how sure the figure is',
    });
  if (groups !== undefined && groups.small > 0)
    doubts.push({
      word: `${groups.small} small left out`,
      reason: `${plural(groups.compared, 'group')} of ${FEW_REQUESTS} requests or more are compared; ${groups.small} with fewer are left out`,
    });
  if (groups !== undefined && groups.compared >= MANY_GROUPS)
    doubts.push({
      word: 'many groups',
      reason: `The smallest of ${groups.compared} groups lies below the largest by chance alone, so the ratio is below 1 even where all are alike`,
    });
  return doubts;
}

/** Why a parity has no figure. */
function uncompared({ compared, small }: NonNullable<Measure['groups']>): Doubt {
  if (compared > 1)
    return {
      word: 'all zero',
      reason: `None of the ${compared} groups has any of it, so there is nothing to compare`,
    };
  const left =
    small === 0 ? '' : `; ${plural(small, 'group')} with fewer ${small === 1 ? 'is' : 'are'} left out`;
  return {
    word: 'too few groups',
    reason: `${compared === 0 ? 'No group has' : 'Only one group has'} ${FEW_REQUESTS} requests or more with evidence for it, and a parity compares two${left}; replay more requests`,
  };
}
