import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { Database } from 'better-sqlite3';
import { badInput } from '../../../shared/domain/error.ts';
import { openWorkspaceFile, type OpeningTold } from './file.ts';
import { readSetting } from './setting.ts';

/** The folder that holds a team's work, opened by its one writer. */
export interface Workspace {
  readonly folder: string;
  readonly db: Database;
  readonly name: string;
  /** True for the bundled sample, whose keys everybody knows. */
  readonly sample: boolean;
  close(): void;
}

/** Where things lie in a workspace folder. */
export const workspacePaths = (folder: string) => ({
  database: join(folder, 'workspace.sqlite'),
  keys: join(folder, 'keys'),
  releases: join(folder, 'releases'),
  references: join(folder, 'references'),
  /** Public keys (PEM) whose model signatures are trusted. */
  modelKeys: join(folder, 'model-keys'),
  logKey: join(folder, 'log-key.pem'),
  gates: join(folder, 'gates.yaml'),
  /** Finished blocks of replays that are not done. */
  journals: join(folder, 'replays'),
});

/** Opens a workspace: checked, migrated, complete. Refuses with a sentence that names the file. */
export function openWorkspace(folder: string, told?: OpeningTold): Workspace {
  const root = resolve(folder);
  const paths = workspacePaths(root);
  const db = openWorkspaceFile(paths.database, told);
  for (const path of [paths.logKey, paths.gates]) {
    if (existsSync(path)) continue;
    db.close();
    throw badInput(`${path} is missing, so ${root} is not a whole workspace; restore the file from a backup`);
  }
  return {
    folder: root,
    db,
    name: readSetting(db, 'name') ?? 'Workspace',
    sample: readSetting(db, 'sample') === 'yes',
    close: () => db.close(),
  };
}
