import { open } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import {
  app,
  clipboard,
  dialog,
  type BrowserWindow,
  type FileFilter,
  type OpenDialogOptions,
} from 'electron';
import { audit } from '../../shared/contract/audit.ts';
import type { ServiceApi } from '../../shared/contract/index.ts';
import { review } from '../../shared/contract/review.ts';
import type { FileKind, FolderKind, Opening } from '../../shared/contract/shell.ts';
import { badInput } from '../../shared/domain/error.ts';
import type { Answering } from '../ipc/channels.ts';
import { answered } from './answered.ts';
import { printRoute } from './print.ts';
import { tensorPieces } from './tensor-pieces.ts';
import { replaceFile, replaceFileByPieces } from './write-file.ts';

/** The Electron that ships. */
const SHIPPED_ELECTRON = 45;

const LARGEST_TEXT_BYTES = 32 * 1024 * 1024;

const one = (title: string, buttonLabel: string, ...filters: FileFilter[]): OpenDialogOptions => ({
  title,
  buttonLabel,
  properties: ['openFile'],
  filters,
});
const several = (...given: Parameters<typeof one>): OpenDialogOptions => ({
  ...one(...given),
  properties: ['openFile', 'multiSelections'],
});

const FILES: Record<FileKind, OpenDialogOptions> = {
  record: one('Verify a release record', 'Verify', {
    name: 'Release record or package',
    extensions: ['json', 'zip'],
  }),
  roster: several('Choose a roster', 'Choose', { name: 'Roster', extensions: ['json'] }),
  signatures: several('Take in signatures', 'Take in', { name: 'Signatures', extensions: ['json'] }),
  checkpoint: one('Import a checkpoint kept elsewhere', 'Import', { name: 'Any file', extensions: ['*'] }),
  campaign: one('Merge a campaign', 'Merge', {
    name: 'Campaign with its decisions',
    extensions: ['jsonl', 'json'],
  }),
  key: one('Restore a key', 'Restore', { name: 'Private key under a passphrase', extensions: ['pem'] }),
};

const FOLDERS: Record<FolderKind, OpenDialogOptions> = {
  workspace: {
    title: 'Open a workspace',
    buttonLabel: 'Open',
    properties: ['openDirectory'],
  },
  'new workspace': {
    title: 'Choose an empty folder for the new workspace',
    buttonLabel: 'Found here',
    properties: ['openDirectory', 'createDirectory'],
  },
  backup: {
    title: 'Choose where the backup goes',
    buttonLabel: 'Back up here',
    properties: ['openDirectory', 'createDirectory'],
  },
  repository: {
    title: 'Choose the folder of the TUF repository',
    buttonLabel: 'Choose',
    properties: ['openDirectory', 'createDirectory'],
  },
};

/** What the shell asks of who composes it. */
interface Console {
  /** Asks the services. */
  readonly call: Answering['call'];
  /** Whether the workspace is only being made, and what its opening is doing. */
  readonly state: () => { readonly founding: boolean; readonly opening: Opening | null };
  /** Puts another workspace in the place of the one that is open. */
  readonly openWorkspace: (folder: string) => Promise<void>;
}

/** What only the desktop shell can do, on behalf of `window`. */
export function createShell(
  window: BrowserWindow,
  { call, state, openWorkspace }: Console,
): ServiceApi<'shell'> {
  const choose = async (options: OpenDialogOptions): Promise<string | null> => {
    const { filePaths } = await dialog.showOpenDialog(window, options);
    return filePaths[0] ?? null;
  };
  const askWhere = async (name: string, filter: FileFilter): Promise<string | null> => {
    const defaultPath = join(app.getPath('documents'), plainName(name));
    const { filePath } = await dialog.showSaveDialog(window, { defaultPath, filters: [filter] });
    return filePath === '' ? null : filePath;
  };
  const save = async (name: string, filter: FileFilter, content: () => Promise<string | Uint8Array>) => {
    const path = await askWhere(name, filter);
    if (path === null) return null;
    await replaceFile(path, await content());
    return { path };
  };
  return {
    about: () => Promise.resolve({ ...about(), ...state() }),
    chooseBundle: async () => {
      const path = await choose({
        title: 'Import a release bundle',
        buttonLabel: 'Import',
        // a dialog on Linux and Windows offers files or folders, not both, so a folder is chosen by its release.yaml
        properties: process.platform === 'darwin' ? ['openFile', 'openDirectory'] : ['openFile'],
        filters: [
          { name: 'Release bundle (.zip, or release.yaml in its folder)', extensions: ['zip', 'yaml'] },
        ],
      });
      return path !== null && basename(path) === 'release.yaml' ? dirname(path) : path;
    },
    chooseSnapshot: () =>
      choose({
        title: 'Add a snapshot',
        buttonLabel: 'Add',
        properties: ['openFile'],
        filters: [{ name: 'Snapshot', extensions: ['sqlite'] }],
      }),
    chooseFiles: async ({ what }) => {
      const { filePaths } = await dialog.showOpenDialog(window, FILES[what]);
      return filePaths;
    },
    chooseTarget: ({ what, suggestedName }) => askWhere(suggestedName, filterOf(what)),
    chooseFolder: ({ what }) => choose(FOLDERS[what]),
    openWorkspace: ({ folder }) => openWorkspace(folder),
    chooseText: async ({ what }) => {
      const path = await choose(FILES[what]);
      return path === null ? null : { path, text: await readSmallText(path) };
    },
    saveText: ({ suggestedName, text }) =>
      save(suggestedName, textFilter(suggestedName), () => Promise.resolve(text)),
    saveZip: ({ suggestedName, zip }) =>
      save(suggestedName, { name: 'Package', extensions: ['zip'] }, () => Promise.resolve(zip)),
    saveTensor: async ({ suggestedName, ...wanted }) => {
      const filter = { name: FORMS[wanted.form] ?? wanted.form, extensions: [wanted.form] };
      const path = await askWhere(suggestedName, filter);
      return path === null
        ? null
        : { path, bytes: await replaceFileByPieces(path, tensorPieces(wanted, call)) };
    },
    saveReasons: async ({ suggestedName, ...wanted }) => {
      const path = await askWhere(suggestedName, textFilter(suggestedName));
      if (path === null) return null;
      const written = await call('review', 'statementsOfReasons', { ...wanted, path });
      return { path, ...answered(review.statementsOfReasons, written) };
    },
    saveLog: async ({ suggestedName, ...period }) => {
      const path = await askWhere(suggestedName, textFilter(suggestedName));
      if (path === null) return null;
      const written = await call('audit', 'exportPeriod', { ...period, path });
      return { path, ...answered(audit.exportPeriod, written) };
    },
    savePdf: ({ suggestedName, route }) =>
      save(suggestedName, { name: 'PDF', extensions: ['pdf'] }, () => printRoute(route)),
    printPdf: async ({ route }) => ({ pdf: new Uint8Array(await printRoute(route)) }),
    capture: async (rectangle) => {
      const picture = await window.webContents.capturePage(rectangle);
      if (picture.isEmpty()) throw badInput('There is nothing to see in that place; bring it into view');
      return { png: new Uint8Array(picture.toPNG()) };
    },
    savePng: ({ suggestedName, png }) =>
      save(suggestedName, { name: 'PNG', extensions: ['png'] }, () => Promise.resolve(png)),
    copyText: ({ text }) => Promise.resolve(clipboard.writeText(text)),
  };
}

const filterOf = (what: FileKind): FileFilter =>
  FILES[what].filters?.[0] ?? { name: 'Any file', extensions: ['*'] };

function about() {
  const { electron } = process.versions;
  const isOlder = Number.parseInt(electron, 10) < SHIPPED_ELECTRON;
  return {
    version: app.getVersion(),
    electron,
    platform: `${process.platform} ${process.arch}`,
    runtimeNotice: isOlder
      ? `This window runs on a test runtime (Electron ${electron}): good for trying out on sample data, not for real keys or snapshots.`
      : null,
  };
}

const FORMS: Readonly<Record<string, string>> = {
  json: 'JSON',
  csv: 'CSV',
  npy: 'NumPy array',
  pem: 'PEM',
  pub: 'Public key',
  'tlog-proof': 'Inclusion proof',
  checkpoint: 'Checkpoint',
};

/** What a save dialog offers, by the ending of the name. */
function textFilter(name: string): FileFilter {
  const ending = name.split('.').at(-1) ?? '';
  return { name: FORMS[ending] ?? 'Text', extensions: [FORMS[ending] === undefined ? 'txt' : ending] };
}

/** A file name without a path, whatever the window suggests. */
function plainName(name: string): string {
  return name.replaceAll(/[\\/:*?"<>|\p{Cc}]/gu, '-').replace(/^\.+/, '') || 'stateside';
}

async function readSmallText(path: string): Promise<string> {
  const file = await open(path, 'r');
  try {
    const { size } = await file.stat();
    if (size > LARGEST_TEXT_BYTES)
      throw badInput(`${path} is ${size} bytes long, too long for what it should be; choose another file`);
    return await file.readFile('utf8');
  } finally {
    await file.close();
  }
}
