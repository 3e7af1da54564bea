import type { Work } from './use-work.ts';

/** What is not on disk of a feed at work: what was written, chosen and uncovered. */
export type KeptWork = Pick<Work, 'at' | 'form' | 'notes' | 'revealed'>;

/** By place, for as long as the window is open; a feed that is left and opened again goes on where it was. */
const kept = new Map<string, KeptWork>();

export const keepWork = ({ place, at, form, notes, revealed }: Work): void => {
  kept.set(place, { at, form, notes, revealed });
};

export const keptWork = (place: string): KeptWork | undefined => kept.get(place);

/** Of a feed that was submitted nothing is left to go on with. */
export const dropWork = (place: string): void => {
  kept.delete(place);
};
