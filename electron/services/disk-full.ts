import { refused, type StatesideError } from '../../shared/domain/error.ts';

/** What SQLite and the system say where a disk, a quota or a file's greatest length is reached. */
const FULL = new Set(['SQLITE_FULL', 'SQLITE_IOERR_WRITE', 'ENOSPC', 'EDQUOT', 'EFBIG']);

/** The sentence for an error that a full disk made; null for every other error. `what` could not be written. */
export function diskFull(error: unknown, what = 'what was asked for'): StatesideError | null {
  if (!(error instanceof Error) || !('code' in error) || !FULL.has(String(error.code))) return null;
  return refused(`The disk has no room for ${what}, so nothing of it was kept; make room and do it again.`);
}
