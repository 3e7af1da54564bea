import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { z } from 'zod';
import { notFound } from '../../shared/domain/error.ts';
import { workspacePaths } from '../database/workspace/open.ts';
import { replaceFile } from './write-file.ts';

const Remembered = z.object({ folder: z.string() });

/** The workspace that was opened last by choice; null when none was, or it is gone. */
export async function readLastWorkspace(path: string): Promise<string | null> {
  try {
    const { folder } = Remembered.parse(JSON.parse(await readFile(path, 'utf8')));
    return holdsWorkspace(folder) ? folder : null;
  } catch {
    return null;
  }
}

/** Remembers the workspace, so that the next start opens it. */
export const rememberWorkspace = (path: string, folder: string): Promise<void> =>
  replaceFile(path, `${JSON.stringify({ folder })}\n`);

/** Refuses a folder without a workspace, before the one that is open is left. */
export function requireWorkspace(folder: string): void {
  if (!holdsWorkspace(folder))
    throw notFound(`${folder} holds no workspace; choose the folder of one, or found a new one`);
}

const holdsWorkspace = (folder: string): boolean => existsSync(workspacePaths(folder).database);
