import type { Campaign, DrawMethod, Stratum } from './campaign.ts';

/** What a draw knows of a replayed request. */
export interface Drawable {
  readonly requestId: string;
  /** Rank-biased overlap of the two feeds: 1 is the same feed. */
  readonly rbo: number;
  /** Labelled items high up in the candidate's feed. */
  readonly labelled: number;
}

/** Randomness of a seed: `unit()` is in [0, 1). */
export interface Source {
  unit(): number;
}

/**
 * Draws a campaign's feeds, one stratum after the other, no request twice. The same requests in the same order, strata
 * and source give the same draw. A stratum gets fewer feeds where not so many requests suit it.
 */
export function drawFeeds(
  requests: readonly Drawable[],
  strata: readonly Stratum[],
  source: Source,
): Campaign['feeds'] {
  const taken = new Set<string>();
  return strata.flatMap(({ method, count }, stratum) => {
    const left = requests.filter(({ requestId }) => !taken.has(requestId));
    const drawn = ordered(method, left, source).slice(0, count);
    return drawn.map(({ requestId }) => {
      taken.add(requestId);
      return { requestId, stratum, left: source.unit() < 0.5 ? 'baseline' : 'candidate' } as const;
    });
  });
}

/** The requests that suit a method, those to be drawn first in front; chance decides between equals. */
function ordered(method: DrawMethod, requests: readonly Drawable[], source: Source): Drawable[] {
  return requests
    .map((request) => {
      const chance = 1 - source.unit();
      return { request, chance, weight: WEIGHT[method](request, chance) };
    })
    .filter(({ weight }) => weight !== null)
    .toSorted((a, b) => (b.weight ?? 0) - (a.weight ?? 0) || b.chance - a.chance)
    .map(({ request }) => request);
}

/** The larger, the sooner drawn; null where a request does not suit. `chance` is in (0, 1]. */
const WEIGHT: Readonly<Record<DrawMethod, (request: Drawable, chance: number) => number | null>> = {
  uniform: (_, chance) => chance,
  'biggest movers': ({ rbo }) => (rbo < 1 ? -rbo : null),
  'labelled high up': ({ labelled }) => (labelled > 0 ? labelled : null),
  // Efraimidis and Spirakis (2006): the largest u^(1/w) are a draw without replacement in proportion to w.
  'weighted by exposure': ({ labelled }, chance) => (labelled > 0 ? Math.log(chance) / labelled : null),
};
