import { generateKeyPairSync, randomBytes } from 'node:crypto';
import { copyFile, mkdir, readdir, rename, rm, writeFile } from 'node:fs/promises';
import { basename, dirname, join, resolve } from 'node:path';
import { refused } from '../../../shared/domain/error.ts';
import { createWorkspaceFile } from './file.ts';
import { openWorkspace, workspacePaths, type Workspace } from './open.ts';
import { writeSetting } from './setting.ts';

export interface Founding {
  readonly name: string;
  readonly sample: boolean;
  /** The gate rules the workspace starts with; copied. */
  readonly gatesFile: string;
  /** Puts the first things in, while the folder still has a temporary name. */
  readonly fill?: (workspace: Workspace) => Promise<void>;
}

/** Founds a workspace in a new folder: it appears whole, or not at all. */
export async function foundWorkspace(folder: string, founding: Founding): Promise<Workspace> {
  const target = resolve(folder);
  if (!(await isFree(target))) throw refused(`${target} is not empty; choose a new folder for the workspace`);
  await mkdir(dirname(target), { recursive: true });
  const building = join(dirname(target), `.${basename(target)}.${randomBytes(4).toString('hex')}.founding`);
  try {
    await build(building, founding);
    await rm(target, { recursive: true, force: true });
    await rename(building, target);
  } catch (error) {
    await rm(building, { recursive: true, force: true });
    throw error;
  }
  return openWorkspace(target);
}

async function build(folder: string, { name, sample, gatesFile, fill }: Founding): Promise<void> {
  const paths = workspacePaths(folder);
  await mkdir(folder);
  await mkdir(paths.keys, { mode: 0o700 });
  await mkdir(paths.releases);
  await copyFile(gatesFile, paths.gates);
  const { privateKey } = generateKeyPairSync('ed25519');
  await writeFile(paths.logKey, privateKey.export({ type: 'pkcs8', format: 'pem' }), { mode: 0o600 });
  const db = createWorkspaceFile(paths.database);
  writeSetting(db, 'name', name);
  writeSetting(db, 'sample', sample ? 'yes' : 'no');
  db.close();
  const workspace = openWorkspace(folder);
  try {
    await fill?.(workspace);
  } finally {
    workspace.close();
  }
}

async function isFree(folder: string): Promise<boolean> {
  try {
    return (await readdir(folder)).length === 0;
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return true;
    throw error;
  }
}
