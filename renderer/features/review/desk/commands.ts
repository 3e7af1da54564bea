import type { Macro } from '../../../../shared/domain/review/macro.ts';
import type { Preferences } from '../../../../shared/domain/review/preferences.ts';

/** What a key of the desk does. The order is that of the key sheet and of Settings. */
export const COMMANDS = [
  { id: 'next', key: 'j', does: 'Next item' },
  { id: 'previous', key: 'k', does: 'Previous item' },
  { id: 'fine', key: '1', does: 'Item is fine; move on' },
  { id: 'demote', key: '2', does: 'Demote the item; move on' },
  { id: 'remove', key: '3', does: 'Remove the item from recommendations; move on' },
  { id: 'escalate', key: 'e', does: 'Escalate the item; move on' },
  { id: 'also', key: 'a', does: 'Add the next action to what was decided of the item' },
  { id: 'first', key: '7', does: 'Feed: acceptable, or the left one is better' },
  { id: 'second', key: '8', does: 'Feed: acceptable with concerns, or no difference' },
  { id: 'third', key: '9', does: 'Feed: not acceptable, or the right one is better' },
  { id: 'still', key: 'z', does: 'Show or cover the still' },
  { id: 'policy', key: 'p', does: 'Choose the policy' },
  { id: 'reason', key: 'r', does: 'Choose the reason' },
  { id: 'severity', key: 's', does: 'Choose the severity' },
  { id: 'note', key: 'n', does: 'Write a note' },
  { id: 'undo', key: 'u', does: 'Undo the last ruling' },
  { id: 'leave', key: 'h', does: 'Hold the feed, or hand it over' },
  { id: 'submit', key: 'Enter', does: 'Submit and take the next feed' },
] as const;

export type Command = (typeof COMMANDS)[number]['id'];

/** Keys that mean something in the whole window, and those that move the focus. */
const TAKEN: ReadonlySet<string> = new Set(['g', '?', '/', 'Escape', 'Tab', 'ArrowDown', 'ArrowUp', ' ']);

/** The key of every command, the person's own before the default. */
export function keysOf(own: Preferences['keys']): Record<Command, string> {
  const of = (command: Command): string =>
    own[command] ?? COMMANDS.find(({ id }) => id === command)?.key ?? '';
  return {
    next: of('next'),
    previous: of('previous'),
    fine: of('fine'),
    demote: of('demote'),
    remove: of('remove'),
    escalate: of('escalate'),
    also: of('also'),
    first: of('first'),
    second: of('second'),
    third: of('third'),
    still: of('still'),
    policy: of('policy'),
    reason: of('reason'),
    severity: of('severity'),
    note: of('note'),
    undo: of('undo'),
    leave: of('leave'),
    submit: of('submit'),
  };
}

/** The command of a key press; the arrows always move. */
export function commandOf(key: string, keys: Record<Command, string>): Command | null {
  if (key === 'ArrowDown') return 'next';
  if (key === 'ArrowUp') return 'previous';
  return COMMANDS.find(({ id }) => keys[id] === key)?.id ?? null;
}

/**
 * Kept decisions with the keys that give them: a person's own before the team's, and none that a command of theirs has.
 * Who shares one, or keeps one under the same key, knows neither the others' keys nor what they keep.
 */
export function withKeysInForce(macros: readonly Macro[], keys: Record<Command, string>): Macro[] {
  return macros.map((macro) => {
    const { key } = macro;
    if (key === null) return macro;
    const same = macros.filter((other) => other.key === key);
    const [first] = same.toSorted((a, b) => Number(a.shared) - Number(b.shared));
    return first === macro && !TAKEN.has(key) && commandOf(key, keys) === null
      ? macro
      : { ...macro, key: null };
  });
}

/** Whether a held key may give a command again and again: moving may, deciding may not. */
export const mayRepeat = (command: Command | null): boolean => command === 'next' || command === 'previous';

/** Why a kept decision cannot have a key, or null when it can or has none. `others`: the other kept decisions. */
export function macroKeyRefusedBecause(
  key: string | null,
  keys: Record<Command, string>,
  others: readonly { readonly key: string | null }[],
): string | null {
  if (key === null || key === '') return null;
  if (TAKEN.has(key)) return `${key === ' ' ? 'Space' : key} has a meaning in the whole window.`;
  const command = COMMANDS.find(({ id }) => keys[id] === key);
  if (command !== undefined) return `${key} is “${command.does}” already.`;
  return others.some((macro) => macro.key === key) ? `${key} is a kept decision’s key already.` : null;
}

/** Why a command cannot have a key, or null when it can. `macros`: keys of kept decisions. */
export function keyRefusedBecause(
  command: Command,
  key: string,
  keys: Record<Command, string>,
  macros: readonly string[],
): string | null {
  if (TAKEN.has(key)) return `${key === ' ' ? 'Space' : key} has a meaning in the whole window.`;
  const other = COMMANDS.find(({ id }) => id !== command && keys[id] === key);
  if (other !== undefined) return `${key} is “${other.does}” already.`;
  return macros.includes(key) ? `${key} is a kept decision’s key already.` : null;
}
