import type { Ruling } from '../../../../shared/domain/review/decision.ts';
import type { Form } from './ruling.ts';

/** What is written of the chosen card, and of items that were left before it was saved. */
interface Written {
  readonly at: number;
  readonly form: Form;
  readonly notes: ReadonlyMap<string, string>;
}

/** Id of the item of a card. */
type IdOf = (card: number) => string;

/** Goes to another card: what was written of the one that is left waits until the person is there again. */
export function atCard({ at, form, notes }: Written, next: number, idOf: IdOf): Written {
  const written = new Map(notes).set(idOf(at), form.note);
  return { at: next, notes: written, form: { ...form, note: written.get(idOf(next)) ?? '' } };
}

/** Takes away the note of an item that was saved with a ruling. */
export function noteSaved({ at, form, notes }: Written, itemId: string, note: string, idOf: IdOf): Written {
  const left = new Map([...notes].filter(([id, text]) => id !== itemId || text !== note));
  return idOf(at) === itemId && form.note === note
    ? { at, notes: left, form: { ...form, note: '' } }
    : { at, form, notes: left };
}

/** The items with a note that no ruling has; it would be lost with the submission. */
export function unsavedNotes({ at, form, notes }: Written, idOf: IdOf, rulings: readonly Ruling[]): string[] {
  const saved = new Set(rulings.map(({ note }) => note.trim()));
  return [...new Map(notes).set(idOf(at), form.note)]
    .filter(([, note]) => note.trim() !== '' && !saved.has(note.trim()))
    .map(([id]) => id);
}
