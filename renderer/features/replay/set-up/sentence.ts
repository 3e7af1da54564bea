import type { ReplayEstimate, ReplayInput } from '../../../../shared/contract/replay.ts';
import { formatDuration, listOf, plural } from '../../../components/number.ts';

/** What a replay will do, in one or two sentences. `requests`: how many the snapshot holds. */
export function planText(
  { settings: { limit, seed, topK, stratify, slices = [], attribution } }: ReplayInput,
  names: { readonly snapshot: string; readonly baseline: string; readonly candidate: string },
  requests: number,
): string {
  const drawn =
    limit === null || limit >= requests
      ? `all ${plural(requests, 'request')} of ${names.snapshot}`
      : `${plural(limit, 'request')} of ${names.snapshot}, drawn with seed ${seed}${stratify === undefined ? '' : ` in the same share from each ${stratify}`},`;
  const more = [
    ...(slices.length === 0 ? [] : [`shows every measure by ${listOf(slices.map((by) => by.join(' × ')))}`]),
    ...(attribution === true ? ['takes the change apart into five parts'] : []),
  ];
  const also = more.length === 0 ? '' : ` It also ${listOf(more)}.`;
  return `Ranks ${drawn} with ${names.baseline} and with ${names.candidate}, and compares the first ${topK} items of each feed.${also}`;
}

/** How long it will likely take, and by what that is known. */
export function timeText({ seconds, trial, requests }: ReplayEstimate): string {
  const about = seconds < 1 ? 'under a second' : `about ${formatDuration(seconds)}`;
  return `Likely ${about} on this machine, by a trial of ${trial === requests ? 'all of them' : plural(trial, 'request')}.`;
}
