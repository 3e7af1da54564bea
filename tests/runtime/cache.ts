import { createHash } from 'node:crypto';
import { homedir } from 'node:os';
import { join } from 'node:path';

/** Where what is laid out or compiled once for this machine rests. */
export const CACHE = join(
  process.env['XDG_CACHE_HOME'] ?? join(homedir(), '.cache'),
  'stateside-test-runtime',
);

export const PROJECT = join(import.meta.dirname, '..', '..');
export const MODULES = join(PROJECT, 'node_modules');

/** The first 8 hex characters of a recipe's digest, so that a changed recipe builds anew. */
export const recipeKey = (recipe: string): string =>
  createHash('sha256').update(recipe).digest('hex').slice(0, 8);
