import type { Form } from './ruling.ts';

/** What is not on disk of a feed at work: what was written, chosen and uncovered. */
export interface KeptWork {
  readonly place: string;
  /** The chosen card, from 0. */
  readonly at: number;
  readonly form: Form;
  /** What was written of items that were left before it was saved. */
  readonly notes: ReadonlyMap<string, string>;
  /** Items whose still was seen. */
  readonly revealed: ReadonlySet<string>;
}

/** By place, for as long as the window is open; a feed that is left and opened again goes on where it was. */
const kept = new Map<string, KeptWork>();

export const keepWork = ({ place, at, form, notes, revealed }: KeptWork): void => {
  kept.set(place, { place, at, form, notes, revealed });
};

export const keptWork = (place: string): KeptWork | undefined => kept.get(place);

/** Of a feed that was submitted nothing is left to go on with. */
export const dropWork = (place: string): void => {
  kept.delete(place);
};
