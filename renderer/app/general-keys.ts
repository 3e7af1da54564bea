import type { PageKey } from './keys.ts';
import { PAGES } from './pages.ts';

/** Keys that work on every page. */
export const GENERAL_KEYS: readonly PageKey[] = [
  { keys: ['Ctrl', 'K'], does: 'Find a release, replay, request, item, person, page or command' },
  { keys: ['?'], does: 'Show the keys of this page' },
  { keys: ['Alt', '←'], does: 'Back' },
  { keys: ['Alt', '→'], does: 'Forward' },
  ...PAGES.map(({ letter, name }) => ({ keys: ['g', letter], does: `Go to ${name}` })),
];
