import { hash } from 'node:crypto';

interface Drawn {
  readonly place: number;
  readonly id: string;
  readonly key: string;
}

/** A request as a draw sees it; `stratum` is the group it belongs to. */
export interface Drawable {
  readonly id: string;
  readonly stratum: string;
}

/**
 * Draws at most `limit` request ids: those with the smallest SHA-256 of `<seed>:<request id>`, so that the draw
 * depends on the seed and the ids alone. The drawn ids keep the order they were given in; null draws all.
 */
export function drawRequests(
  blocks: Iterable<readonly string[]>,
  limit: number | null,
  seed: number,
): string[] {
  if (limit === null) return [...blocks].flat();
  const urn = new Urn(limit, seed);
  for (const block of blocks) for (const id of block) urn.put(id);
  return inOrder(urn.draw(limit));
}

/**
 * The same, drawn from each stratum apart, as many as its share of all requests says (proportional allocation,
 * W. Cochran, Sampling Techniques, 1977, ch. 5), what remains of the division going to the largest remainders.
 */
export function drawStratified(blocks: Iterable<readonly Drawable[]>, limit: number, seed: number): string[] {
  const urns = new Map<string, Urn>();
  let place = 0;
  for (const block of blocks) {
    for (const { id, stratum } of block) {
      const urn = urns.get(stratum) ?? new Urn(limit, seed);
      urns.set(stratum, urn);
      urn.put(id, place++);
    }
  }
  const wanted = Math.min(limit, place);
  const shares = Array.from(urns, ([stratum, urn]) => {
    const exact = place === 0 ? 0 : (wanted * urn.size) / place;
    return { stratum, urn, quota: Math.floor(exact), rest: exact - Math.floor(exact) };
  });
  let left = wanted - shares.reduce((sum, { quota }) => sum + quota, 0);
  const byRest = shares.toSorted((a, b) => b.rest - a.rest || (a.stratum < b.stratum ? -1 : 1));
  return inOrder(byRest.flatMap(({ urn, quota }) => urn.draw(left-- > 0 ? quota + 1 : quota)));
}

/** Keeps the ids with the smallest keys, in memory that does not grow with how many are put in. */
class Urn {
  readonly #limit: number;
  readonly #seed: number;
  #kept: Drawn[] = [];
  size = 0;

  constructor(limit: number, seed: number) {
    this.#limit = limit;
    this.#seed = seed;
  }

  put(id: string, place: number = this.size): void {
    this.size += 1;
    this.#kept.push({ place, id, key: hash('sha256', `${this.#seed}:${id}`, 'hex') });
    if (this.#kept.length > 2 * this.#limit + 10_000) this.#kept = this.draw(this.#limit);
  }

  draw(count: number): Drawn[] {
    return this.#kept.toSorted((a, b) => (a.key < b.key ? -1 : 1)).slice(0, count);
  }
}

const inOrder = (drawn: readonly Drawn[]): string[] =>
  drawn.toSorted((a, b) => a.place - b.place).map(({ id }) => id);
