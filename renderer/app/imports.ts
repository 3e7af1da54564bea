import { create } from 'zustand';
import { rankerName } from '../components/ranker-name.ts';
import { bridge, toStatesideError, value } from './bridge.ts';

export interface ImportLine {
  readonly id: number;
  readonly path: string;
  readonly outcome:
    | { readonly kind: 'running' }
    | { readonly kind: 'done'; readonly name: string; readonly route: string }
    | { readonly kind: 'refused'; readonly message: string };
}

/** Imports of this window: running, done or refused, until they are put away. */
export const useImports = create<{ lines: readonly ImportLine[] }>()(() => ({ lines: [] }));

let lastId = 0;

/** Takes a bundle or a snapshot into the workspace, by its path on disk. Never throws: the tray says what came of it. */
export async function importPath(path: string): Promise<void> {
  lastId += 1;
  const id = lastId;
  const tell = (outcome: ImportLine['outcome']) =>
    useImports.setState(({ lines }) => ({
      lines: [...lines.filter((line) => line.id !== id), { id, path, outcome }],
    }));
  tell({ kind: 'running' });
  try {
    tell(isSnapshot(path) ? await importSnapshot(path) : await importBundle(path));
  } catch (error) {
    tell({ kind: 'refused', message: toStatesideError(error).message });
  }
}

export const putAwayImport = (id: number): void =>
  useImports.setState(({ lines }) => ({ lines: lines.filter((line) => line.id !== id) }));

/** Asks for a bundle with the system's dialog and imports it. */
export async function chooseBundle(): Promise<void> {
  const path = await value(bridge.shell.chooseBundle());
  if (path !== null) await importPath(path);
}

/** Asks for a snapshot with the system's dialog and adds it. */
export async function chooseSnapshot(): Promise<void> {
  const path = await value(bridge.shell.chooseSnapshot());
  if (path !== null) await importPath(path);
}

const isSnapshot = (path: string): boolean => /\.(sqlite3?|db)$/i.test(path);

async function importSnapshot(path: string): Promise<ImportLine['outcome']> {
  const row = await value(bridge.snapshots.add({ path }));
  return { kind: 'done', name: row.meta.name, route: '/replay' };
}

async function importBundle(path: string): Promise<ImportLine['outcome']> {
  const row = await value(bridge.releases.import({ path }));
  return { kind: 'done', name: rankerName(row.manifest), route: `/releases/${row.digest}` };
}
