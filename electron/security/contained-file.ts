import { realpath } from 'node:fs/promises';
import { join, sep } from 'node:path';

/** The real path of the file that a URL's path names, or undefined when there is none inside `folder`, links followed. */
export async function containedFile(folder: string, urlPath: string): Promise<string | undefined> {
  try {
    const root = await realpath(folder);
    const path = await realpath(join(root, decodeURIComponent(urlPath)));
    return path.startsWith(root + sep) ? path : undefined;
  } catch {
    return undefined;
  }
}
