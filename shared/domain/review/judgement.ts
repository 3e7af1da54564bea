/** A decision in force, as far as a report counts it. */
export interface Judgement {
  /** Running number of the decision. */
  readonly seq: number;
  /** Place of the feed in the campaign's draw, from 0. */
  readonly feed: number;
  readonly person: string;
  /** Milliseconds since 1970. */
  readonly at: number;
  /** null where it is of the feed as a whole. */
  readonly itemId: string | null;
  /** The verdict or the side that is preferred; of an item its actions in alphabetical order, joined by +. */
  readonly value: string;
  readonly policy: string | null;
  readonly severity: number | null;
}

/** What a person said of a subject last; two at one moment are told apart by their values. */
const later = (one: Judgement | undefined, other: Judgement): Judgement =>
  one === undefined || other.at > one.at || (other.at === one.at && other.value > one.value) ? other : one;

/** What was said of one subject, the feed as a whole or one of its items. */
export type Unit = readonly Judgement[];

/** What was said of a feed, by what it was said of. */
export function unitsOf(said: readonly Judgement[]): Unit[] {
  const units = new Map<string | null, Judgement[]>();
  for (const judgement of said) {
    const unit = units.get(judgement.itemId);
    if (unit === undefined) units.set(judgement.itemId, [judgement]);
    else unit.push(judgement);
  }
  return [...units.values()];
}

/** What each person said last of a subject, in order of person; a person may have said more, as a merge may bring. */
export function lastOfEach(unit: Unit): Judgement[] {
  const sorted = unit.toSorted((a, b) => (a.person < b.person ? -1 : a.person > b.person ? 1 : 0));
  const last: Judgement[] = [];
  for (const judgement of sorted) {
    const one = last.at(-1);
    if (one?.person === judgement.person) last[last.length - 1] = later(one, judgement);
    else last.push(judgement);
  }
  return last;
}
