import type { Measure } from '../../../shared/domain/replay/report.ts';
import { plural } from '../../components/number.ts';

/** Below so many requests a mean over them says little: its interval is itself no longer to be trusted. */
export const FEW_REQUESTS = 100;

/** Why a figure is not to be trusted as it stands; each a word or two with its reason. */
export function doubtsOf({
  difference,
  requests,
  intervals,
  p,
}: Measure): { word: string; reason: string }[] {
  if (difference === null) return [];
  const doubts = [];
  if (requests < FEW_REQUESTS)
    doubts.push({
      word: 'few requests',
      reason: `It rests on ${plural(requests, 'request')}; below ${FEW_REQUESTS} neither the figure nor its interval can be trusted`,
    });
  if (p === null)
    doubts.push({ word: 'all ties', reason: 'No request differs in it, so nothing could be tested' });
  if (intervals?.difference === null)
    doubts.push({
      word: 'no interval',
      reason: 'There are not enough requests to say how sure the figure is',
    });
  return doubts;
}
