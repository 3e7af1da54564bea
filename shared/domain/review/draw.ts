import { badInput, refused } from '../error.ts';
import type { Campaign, DrawMethod, GoldenAnswer, Slice, Stratum } from './campaign.ts';

/** What a draw knows of a replayed request. */
export interface Drawable {
  readonly requestId: string;
  /** Rank-biased overlap of the two feeds: 1 is the same feed. */
  readonly rbo: number;
  /** Labelled items high up in the candidate's feed. */
  readonly labelled: number;
  readonly requestedAt: string;
  readonly candidates: number;
  readonly changed: boolean;
  readonly firstChanged: boolean;
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
  return strata.flatMap(({ method, count, slice }, stratum) => {
    const left = requests.filter((request) => !taken.has(request.requestId) && isIn(slice, request));
    const drawn = ordered(method, left, source).slice(0, count);
    return drawn.map(({ requestId, labelled }) => {
      taken.add(requestId);
      return { requestId, stratum, left: side(source), labelled };
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
  slice: (_, chance) => chance,
  'biggest movers': ({ rbo }) => (rbo < 1 ? -rbo : null),
  'labelled high up': ({ labelled }) => (labelled > 0 ? labelled : null),
  // Efraimidis and Spirakis (2006): the largest u^(1/w) are a draw without replacement in proportion to w.
  'weighted by exposure': ({ labelled }, chance) => (labelled > 0 ? Math.log(chance) / labelled : null),
};

const side = (source: Source): 'baseline' | 'candidate' => (source.unit() < 0.5 ? 'baseline' : 'candidate');

const isIn = (slice: Slice | undefined, request: Drawable): boolean =>
  slice === undefined ||
  ((slice.from === undefined || request.requestedAt >= slice.from) &&
    (slice.to === undefined || request.requestedAt < slice.to) &&
    request.candidates >= (slice.candidatesAtLeast ?? 0) &&
    (slice.only !== 'changed' || request.changed) &&
    (slice.only !== 'first changed' || request.firstChanged) &&
    (slice.only !== 'labelled' || request.labelled > 0));

type Feeds = Campaign['feeds'];

/** Marks a share of the drawn feeds, rounded to whole ones, to be judged by one person more. */
export function drawSecond(feeds: Feeds, share: number, source: Source): Feeds {
  const count = Math.round(share * feeds.length);
  if (count === 0) return feeds;
  const chances = feeds.map((_, at) => ({ at, chance: source.unit() }));
  const drawn = new Set(
    chances
      .toSorted((a, b) => a.chance - b.chance)
      .slice(0, count)
      .map(({ at }) => at),
  );
  return feeds.map((feed, at) => (drawn.has(at) ? { ...feed, second: true } : feed));
}

export interface Golden {
  readonly requestId: string;
  readonly answer: GoldenAnswer;
}

/** Mixes golden feeds in at random places; draw from the other requests, for one that is drawn as well is left out. */
export function mixGolden(
  feeds: Feeds,
  golden: readonly Golden[],
  requests: readonly Drawable[],
  source: Source,
): Feeds {
  const known = new Map(requests.map((request) => [request.requestId, request]));
  const given = new Set(golden.map(({ requestId }) => requestId));
  if (given.size < golden.length) throw badInput('A golden feed is given twice; keep one of them.');
  const mixed = feeds.filter(({ requestId }) => !given.has(requestId));
  for (const { requestId, answer } of golden) {
    const request = known.get(requestId);
    if (request === undefined)
      throw refused(`The replay has no request ${requestId} for a golden feed; choose one that it has.`);
    const at = Math.floor(source.unit() * (mixed.length + 1));
    const { labelled } = request;
    mixed.splice(at, 0, { requestId, stratum: 0, left: side(source), labelled, answer });
  }
  return mixed;
}
