import { join } from 'node:path';
import { BrowserWindow, nativeTheme, type BrowserWindowConstructorOptions } from 'electron';
import { APP_PAGE } from '../security/origin.ts';

const PRELOAD = join(import.meta.dirname, '..', 'preload', 'preload.cjs');

/** The page's own background, so that nothing flashes before it draws. */
const BACKGROUND = { light: '#ffffff', dark: '#16181c' };

/** A window that is denied everything but the bridge. Nothing is loaded yet. */
export function createWindow(options: BrowserWindowConstructorOptions, devTools: boolean): BrowserWindow {
  return new BrowserWindow({
    title: 'Stateside',
    minWidth: 960,
    minHeight: 600,
    show: false,
    backgroundColor: nativeTheme.shouldUseDarkColors ? BACKGROUND.dark : BACKGROUND.light,
    ...options,
    webPreferences: {
      preload: PRELOAD,
      contextIsolation: true,
      sandbox: true,
      nodeIntegration: false,
      nodeIntegrationInWorker: false,
      nodeIntegrationInSubFrames: false,
      webSecurity: true,
      allowRunningInsecureContent: false,
      experimentalFeatures: false,
      webviewTag: false,
      navigateOnDragDrop: false,
      safeDialogs: true,
      spellcheck: false,
      devTools,
    },
  });
}

/** Loads a route of the window, for example `/replay?sort=rbo`. */
export async function loadRoute(window: BrowserWindow, route: string): Promise<void> {
  await window.loadURL(`${APP_PAGE}#${route}`);
}
