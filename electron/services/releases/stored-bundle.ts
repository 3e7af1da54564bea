import { StatesideError } from '../../../shared/domain/error.ts';
import { openBundle, type Bundle } from './bundle.ts';

/** The bundle stored in `folder`, or null when it has not every byte of the release `digest` or something beside. */
export async function openStoredBundle(folder: string, digest: string): Promise<Bundle | null> {
  try {
    const bundle = await openBundle(folder);
    return bundle.digest === digest ? bundle : null;
  } catch (error) {
    const unreadable = error instanceof StatesideError || (error instanceof Error && 'syscall' in error);
    if (!unreadable) throw error;
    return null;
  }
}

/** Whether the bundle stored in `folder` still has every byte of the release `digest`, and nothing beside. */
export const verifyStoredBundle = async (folder: string, digest: string): Promise<boolean> =>
  (await openStoredBundle(folder, digest)) !== null;
