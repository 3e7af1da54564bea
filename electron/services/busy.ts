import { StatesideError } from '../../shared/domain/error.ts';

/** The sentence for a write that found the workspace's file locked by another; null for every other error. */
export function busy(error: unknown): StatesideError | null {
  if (!(error instanceof Error) || !('code' in error) || !String(error.code).startsWith('SQLITE_BUSY'))
    return null;
  return new StatesideError(
    'conflict',
    'Somebody else is writing to the workspace (a merge, or another Stateside), so nothing was changed; wait until that is done, then do it again.',
  );
}
