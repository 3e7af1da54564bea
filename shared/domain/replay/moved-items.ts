import { exposureOf } from '../metrics/exposure.ts';

/** How much an item was seen in all feeds of a replay, before and after. */
export interface MovedItem {
  readonly itemId: string;
  /** Feeds that show it. */
  readonly feeds: Sides;
  /** Sum of 1/log2(1 + rank) over those feeds: the discount of nDCG, as weight of a place. */
  readonly exposure: Sides;
  /** The request in which its exposure changed most; the first by id among equals. */
  readonly requestId: string;
}

interface Sides {
  readonly baseline: number;
  readonly candidate: number;
}

interface Seen {
  readonly feeds: { baseline: number; candidate: number };
  readonly exposure: { baseline: number; candidate: number };
  requestId: string;
  most: number;
}

const SIDES = ['baseline', 'candidate'] as const;

/** Adds up the exposure of items over requests; memory grows with the items shown, not with the requests. */
export class MovedItems {
  readonly #items = new Map<string, Seen>();

  /** One request's two feeds, item ids best first. Add requests in the order of their ids. */
  add(
    requestId: string,
    feeds: { readonly baseline: readonly string[]; readonly candidate: readonly string[] },
  ): void {
    const changes = new Map<string, number>();
    for (const side of SIDES) {
      for (const [at, itemId] of feeds[side].entries()) {
        const weight = exposureOf(at + 1);
        const item = this.#items.get(itemId) ?? unseen();
        this.#items.set(itemId, item);
        item.feeds[side] += 1;
        item.exposure[side] += weight;
        changes.set(itemId, (changes.get(itemId) ?? 0) + (side === 'candidate' ? weight : -weight));
      }
    }
    for (const [itemId, change] of changes) {
      const item = this.#items.get(itemId);
      if (item === undefined || Math.abs(change) <= item.most) continue;
      item.most = Math.abs(change);
      item.requestId = requestId;
    }
  }

  /** The items whose exposure changed most, largest change first; equals in the order they were first shown. */
  largest(count: number): MovedItem[] {
    const moved = [...this.#items].filter(([, { most }]) => most > 0);
    const ordered = moved.toSorted(([, a], [, b]) => Math.abs(change(b)) - Math.abs(change(a)));
    return ordered.slice(0, count).map(([itemId, { feeds, exposure, requestId }]) => ({
      itemId,
      feeds: { ...feeds },
      exposure: { ...exposure },
      requestId,
    }));
  }
}

const unseen = (): Seen => ({
  feeds: { baseline: 0, candidate: 0 },
  exposure: { baseline: 0, candidate: 0 },
  requestId: '',
  most: 0,
});

const change = ({ exposure }: Seen): number => exposure.candidate - exposure.baseline;
