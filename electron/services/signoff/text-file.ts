import { readFile } from 'node:fs/promises';
import { notFound } from '../../../shared/domain/error.ts';

/** A file's text; refuses with a sentence when it cannot be read. */
export async function readText(path: string): Promise<string> {
  try {
    return await readFile(path, 'utf8');
  } catch (error) {
    if (error instanceof Error && 'code' in error) {
      throw notFound(`${path} cannot be read (${String(error.code)}); name a file that is there`);
    }
    throw error;
  }
}

/** The text of each file with its name. */
export const readNamed = (paths: readonly string[]): Promise<{ name: string; text: string }[]> =>
  Promise.all(paths.map(async (name) => ({ name, text: await readText(name) })));
