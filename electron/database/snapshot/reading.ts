import Database from 'better-sqlite3';
import { badInput, type StatesideError } from '../../../shared/domain/error.ts';

/** Runs a read of the snapshot at `path`; what SQLite says of a damaged file becomes one sentence. */
export function reading<Value>(path: string, read: () => Value): Value {
  try {
    return read();
  } catch (error) {
    if (error instanceof Database.SqliteError) throw badInput(damaged(path, error.message));
    throw error;
  }
}

function damaged(path: string, message: string): string {
  if (/^no such (?:table|column)/.test(message)) {
    return `${path} is not a complete snapshot (${message}); build it again.`;
  }
  return `${path} cannot be read as a snapshot (${message}); copy it again from its source.`;
}

/** The rows at `place` do not fit each other or the format. */
export function broken(path: string, place: string, why: string): StatesideError {
  return badInput(`${path} cannot be read at ${place}, because ${why}; build the snapshot again.`);
}
