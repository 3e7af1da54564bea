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
import type { ServiceApi } from '../../shared/contract/index.ts';
import { badInput } from '../../shared/domain/error.ts';
import { printRoute } from './print.ts';
import { replaceFile } from './write-file.ts';

/** The Electron that ships. */
const SHIPPED_ELECTRON = 45;

const RECORD_LIMIT_BYTES = 32 * 1024 * 1024;

/** What only the desktop shell can do, on behalf of `window`. */
export function createShell(window: BrowserWindow): ServiceApi<'shell'> {
  const choose = async (options: OpenDialogOptions): Promise<string | null> => {
    const { filePaths } = await dialog.showOpenDialog(window, options);
    return filePaths[0] ?? null;
  };
  const save = async (name: string, filter: FileFilter, content: () => Promise<string | Uint8Array>) => {
    const defaultPath = join(app.getPath('documents'), plainName(name));
    const { filePath } = await dialog.showSaveDialog(window, { defaultPath, filters: [filter] });
    if (filePath === '') return null;
    await replaceFile(filePath, await content());
    return { path: filePath };
  };
  return {
    about: () => Promise.resolve(about()),
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
    chooseRecord: async () => {
      const filters = [{ name: 'Release record', extensions: ['json'] }];
      const path = await choose({
        title: 'Verify a release record',
        buttonLabel: 'Verify',
        properties: ['openFile'],
        filters,
      });
      return path === null ? null : { path, json: await readSmallText(path) };
    },
    saveText: ({ suggestedName, text }) =>
      save(suggestedName, textFilter(suggestedName), () => Promise.resolve(text)),
    savePdf: ({ suggestedName, route }) =>
      save(suggestedName, { name: 'PDF', extensions: ['pdf'] }, () => printRoute(route)),
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

/** What a save dialog offers, by the ending of the name. */
const textFilter = (name: string): FileFilter =>
  name.endsWith('.csv') ? { name: 'CSV', extensions: ['csv'] } : { name: 'JSON', extensions: ['json'] };

/** A file name without a path, whatever the window suggests. */
function plainName(name: string): string {
  return name.replaceAll(/[\\/:*?"<>|\p{Cc}]/gu, '-').replace(/^\.+/, '') || 'stateside';
}

async function readSmallText(path: string): Promise<string> {
  const file = await open(path, 'r');
  try {
    const { size } = await file.stat();
    if (size > RECORD_LIMIT_BYTES)
      throw badInput(`${path} is ${size} bytes long, too long for a release record; choose another file`);
    return await file.readFile('utf8');
  } finally {
    await file.close();
  }
}
