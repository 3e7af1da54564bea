import { existsSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { app, dialog, powerMonitor, session, type BrowserWindow } from 'electron';
import { sampleFolder, workerFiles } from '../installed-files.ts';
import type { Opening } from '../../shared/contract/shell.ts';
import { openChannels, type Answering } from '../ipc/channels.ts';
import { serveApp } from '../security/app-protocol.ts';
import { confineNavigation } from '../security/navigation.ts';
import { closeSession } from '../security/session.ts';
import { readLastWorkspace, rememberWorkspace, requireWorkspace } from './current-workspace.ts';
import { systemKeyStore } from './key-store.ts';
import { openLog, type Log } from './log.ts';
import { setMenu } from './menu.ts';
import { ServiceHost } from './service-host.ts';
import { createShell } from './shell.ts';
import { createWindow, loadRoute } from './window.ts';
import { readWindowState, rememberWindowState } from './window-state.ts';

/** Opens the console: the services in their thread, the one window, and the channels between them. */
export async function openConsole(workspace: string | null): Promise<void> {
  const log = openLog(app.getPath('logs'));
  app.on('web-contents-created', (_event, contents) => confineNavigation(contents));
  await app.whenReady();
  closeSession(session.defaultSession);
  serveApp(session.defaultSession, join(import.meta.dirname, '..', 'renderer'));

  const lastFile = join(app.getPath('userData'), 'last-workspace.json');
  const chosen = workspace ?? (await readLastWorkspace(lastFile));
  const workspaceFolder = resolve(chosen ?? join(app.getPath('userData'), 'Sample workspace'));
  const stateFile = join(app.getPath('userData'), 'window.json');
  const state = await readWindowState(stateFile);
  const window = createWindow(state ?? { width: 1440, height: 900 }, !app.isPackaged);
  rememberWindowState(window, stateFile, (error) => log.write('the window state was not saved', error));

  let opening: Opening | null = null;
  const host = new ServiceHost(
    {
      workspaceFolder,
      sampleFolder: chosen === null ? sampleFolder : null,
      workerFiles,
    },
    {
      event: ({ name, payload }) => {
        if (name === 'shell:opening') opening = payload;
        if (!window.isDestroyed()) window.webContents.send(name, payload);
      },
      stopped: (reason, message) => {
        opening = null;
        // what cannot be opened now must not be what the next start opens
        if (reason === 'failed') void rm(lastFile, { force: true });
        void offerRestart(window, host, log, reason, message);
      },
      keyStore: systemKeyStore,
    },
  );
  host.start();
  const call: Answering['call'] = (service, method, input) => host.call(service, method, input);
  openChannels({
    call,
    shell: createShell(window, {
      call,
      state: () => ({ founding: chosen === null && !existsSync(workspaceFolder), opening }),
      openWorkspace: openAnother,
    }),
    report: (what, detail) => log.write(what, detail),
  });
  showMenu(workspaceFolder);
  lockWhenLeft(host);

  window.webContents.on('render-process-gone', (_event, { reason }) => {
    log.write('the window process ended', reason);
    if (reason !== 'clean-exit') window.webContents.reload();
  });
  app.on('second-instance', () => {
    if (window.isMinimized()) window.restore();
    window.focus();
  });
  app.on('window-all-closed', () => app.quit());
  app.once('will-quit', (event) => {
    event.preventDefault();
    // not within this event, where a second wish to quit is not heard
    void host.close().finally(() => setImmediate(() => app.quit()));
  });

  window.once('ready-to-show', () => {
    if (state?.maximized === true) window.maximize();
    window.show();
    log.write('window ready');
  });
  await loadRoute(window, '/');

  function showMenu(folder: string): void {
    setMenu({
      go: (route) => window.webContents.send('shell:go', route),
      workspaceFolder: folder,
      logFile: log.path,
    });
  }

  async function openAnother(folder: string): Promise<void> {
    const target = resolve(folder);
    requireWorkspace(target);
    await host.reopen({ workspaceFolder: target, sampleFolder: null, workerFiles });
    await rememberWorkspace(lastFile, target);
    log.write('another workspace was opened', target);
    showMenu(target);
    await loadRoute(window, '/');
    window.webContents.reload();
  }
}

/** A key that was unlocked for a while is locked when the person leaves: the machine sleeps or the screen locks. */
function lockWhenLeft(host: ServiceHost): void {
  const lock = () => void host.call('roster', 'lock', undefined);
  powerMonitor.on('suspend', lock);
  powerMonitor.on('lock-screen', lock);
  powerMonitor.on('user-did-resign-active', lock);
}

async function offerRestart(
  window: BrowserWindow,
  host: ServiceHost,
  log: Log,
  reason: 'failed' | 'crashed',
  message: string,
): Promise<void> {
  log.write(`the services ${reason}`, message);
  if (window.isDestroyed()) return;
  const { response } = await dialog.showMessageBox(window, {
    type: 'warning',
    title: 'Stateside',
    message:
      reason === 'failed'
        ? 'The workspace could not be opened.'
        : 'The part of Stateside that does the work stopped.',
    detail: reason === 'failed' ? message : `What was saved is safe. The details are in ${log.path}.`,
    buttons: [reason === 'failed' ? 'Try Again' : 'Restart It', 'Quit'],
    defaultId: 0,
    cancelId: 1,
    noLink: true,
  });
  if (response === 1) {
    app.quit();
    return;
  }
  host.start();
  window.webContents.reload();
}
