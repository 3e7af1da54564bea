/** A decision in force, as far as a report counts it. */
export interface Judgement {
  /** Place of the feed in the campaign's draw, from 0. */
  readonly feed: number;
  readonly person: string;
  /** ISO 8601. */
  readonly at: string;
  /** null where it is of the feed as a whole. */
  readonly itemId: string | null;
  /** The verdict or the side that is preferred; of an item its actions in alphabetical order, joined by +. */
  readonly value: string;
  readonly policy: string | null;
  readonly severity: number | null;
  /** Of a verdict; of an item it is left out. */
  readonly note: string;
}

/** What a person said of a subject last; two at one moment are told apart by their values. */
export const later = (one: Judgement | undefined, other: Judgement): Judgement =>
  one === undefined || other.at > one.at || (other.at === one.at && other.value > one.value) ? other : one;
