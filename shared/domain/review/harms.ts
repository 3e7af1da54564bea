import { z } from 'zod';
import { entry } from './agreement.ts';
import type { Policy } from './policy-library.ts';

/** A policy that was named, with those below it: of all of them together each item and each feed counts once. */
export const Harm = z.object({
  policy: z.string(),
  /** 0 at the top of the tree. Each policy stands before those below it. */
  depth: z.int(),
  /** Items on which a decision names the policy itself. */
  own: z.int(),
  items: z.int(),
  feeds: z.array(z.int()),
});
export type Harm = z.infer<typeof Harm>;

interface Found {
  readonly items: ReadonlySet<string>;
  readonly feeds: ReadonlySet<number>;
}

/** Items found against policies, and the feeds they were found in. */
export class HarmTally {
  readonly #own = new Map<string, { readonly items: Set<string>; readonly feeds: Set<number> }>();

  add(policy: string, itemId: string, feed: number): void {
    const found = entry(this.#own, policy, () => ({ items: new Set(), feeds: new Set() }));
    found.items.add(itemId);
    found.feeds.add(feed);
  }

  /** The branches of the tree in which something was found, the one with most items first; unknown policies at the top. */
  result(tree: readonly Policy[]): { harms: Harm[]; harmed: { items: number; feeds: number } } {
    const known = new Set<string>();
    const branches = tree.flatMap((policy) => this.#branch(policy, 0, known));
    const others = [...this.#own.keys()].filter((id) => !known.has(id)).map((id) => this.#rows(id, 0, []));
    const all = together([...this.#own.values()]);
    return {
      harms: mostFirst([...branches, ...others]).flatMap(({ rows }) => rows),
      harmed: { items: all.items.size, feeds: all.feeds.size },
    };
  }

  #branch({ id, children = [] }: Policy, depth: number, known: Set<string>): Branch[] {
    known.add(id);
    const below = children.flatMap((child) => this.#branch(child, depth + 1, known));
    return this.#own.has(id) || below.length > 0 ? [this.#rows(id, depth, below)] : [];
  }

  #rows(policy: string, depth: number, below: readonly Branch[]): Branch {
    const own = this.#own.get(policy) ?? NOTHING;
    const { items, feeds } = together([own, ...below.map(({ found }) => found)]);
    const row = {
      ...{ policy, depth, own: own.items.size, items: items.size },
      feeds: [...feeds].toSorted((a, b) => a - b),
    };
    return { found: { items, feeds }, rows: [row, ...mostFirst(below).flatMap(({ rows }) => rows)] };
  }
}

interface Branch {
  readonly found: Found;
  readonly rows: readonly Harm[];
}

const NOTHING: Found = { items: new Set(), feeds: new Set() };

const together = (all: readonly Found[]): Found => ({
  items: new Set(all.flatMap(({ items }) => [...items])),
  feeds: new Set(all.flatMap(({ feeds }) => [...feeds])),
});

const nameOf = ({ rows: [top] }: Branch): string => top?.policy ?? '';

const mostFirst = (branches: readonly Branch[]): Branch[] =>
  branches.toSorted((a, b) => b.found.items.size - a.found.items.size || (nameOf(a) < nameOf(b) ? -1 : 1));
