import { canonicalJson } from '../../../shared/domain/statements/canonical-json.ts';
import { StatesideError } from '../../../shared/domain/error.ts';

/** Something that people keep under a name and change. */
interface Named {
  readonly id: string;
  readonly name: string;
}

/** One thing a person may change: what it is called, its value, and that in words. */
export type Fact = readonly [name: string, value: unknown, words: string];

/**
 * Refuses to save over what the person did not see: `was` is what they saw, undefined for something new, and `is` what
 * is kept now. The conflict says what changed meanwhile; what was removed is not brought back.
 */
export function requireFresh<Kept extends Named>(
  kind: string,
  was: Kept | undefined,
  is: Kept | undefined,
  factsOf: (kept: Kept) => readonly Fact[],
): void {
  if (was === undefined) {
    if (is === undefined) return;
    throw conflict(
      `There is a ${kind} of this id already, “${is.name}”; read the list again and change that.`,
    );
  }
  if (is === undefined)
    throw conflict(
      `The ${kind} “${was.name}” was removed meanwhile; read the list again, and add a new one if it is still wanted.`,
    );
  requireUnchanged(kind, was, is, factsOf, 'read the list again and change that');
}

/** Refuses to change or remove what is no longer as the person saw it; the conflict says what changed. */
export function requireUnchanged<Kept extends Named>(
  kind: string,
  was: Kept,
  is: Kept,
  factsOf: (kept: Kept) => readonly Fact[],
  instead = 'read the list again, and remove it if it is still to go',
): void {
  const before = new Map(factsOf(was).map(([name, value]) => [name, canonicalJson(value)]));
  const changed = factsOf(is).filter(([name, value]) => before.get(name) !== canonicalJson(value));
  if (changed.length === 0) return;
  const now = changed.map(([name, , words]) => `its ${name} is now ${words}`).join(', ');
  throw conflict(`The ${kind} “${was.name}” was changed meanwhile: ${now}; ${instead}.`);
}

const conflict = (message: string): StatesideError => new StatesideError('conflict', message);
