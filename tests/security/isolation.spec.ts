import { expect, test } from '@playwright/test';
import { contract } from '../../shared/contract/index.ts';
import { launchApp, type RunningApp } from '../e2e/app.ts';

let app: RunningApp;
test.beforeAll(async () => {
  app = await launchApp();
});
test.afterAll(() => app.close());

test('the window has no Node and no Electron', async () => {
  const found = await app.page.evaluate(() =>
    ['require', 'process', 'module', 'Buffer', 'global', 'electron', 'ipcRenderer'].filter(
      (name) => name in globalThis,
    ),
  );
  expect(found).toEqual([]);
});

test('the window has the methods of the contract, and none besides', async () => {
  const found = await app.page.evaluate(() =>
    Object.fromEntries(
      Object.entries(window.stateside).map(([name, value]): [string, string | string[]] => [
        name,
        typeof value === 'object' ? Object.keys(value).toSorted() : typeof value,
      ]),
    ),
  );
  const methods = Object.entries(contract).map(([service, channels]) => [
    service,
    Object.keys(channels).toSorted(),
  ]);
  expect(found).toEqual({ ...Object.fromEntries(methods), on: 'function', pathOf: 'function' });
});

test('the bridge cannot be replaced from the page', async () => {
  const replaced = await app.page.evaluate(() => {
    const before = window.stateside.shell.copyText;
    try {
      Object.assign(window.stateside.shell, { copyText: () => 'stolen' });
    } catch {
      // frozen, as it should be
    }
    return window.stateside.shell.copyText !== before;
  });
  expect(replaced).toBe(false);
});

test('the window listens to known events only', async () => {
  const refused = await app.page.evaluate(() => {
    try {
      Reflect.apply(window.stateside.on, undefined, ['ELECTRON_BROWSER_REQUIRE', () => undefined]);
      return 'accepted';
    } catch (error) {
      return error instanceof Error ? error.message : String(error);
    }
  });
  expect(refused).toContain('there is no event');
});

test('every window is isolated, sandboxed and without webviews', async () => {
  const preferences = await app.electron.evaluate(({ BrowserWindow }) =>
    BrowserWindow.getAllWindows().map(({ webContents }): unknown =>
      Reflect.apply(Reflect.get(webContents, 'getLastWebPreferences'), webContents, []),
    ),
  );
  expect(preferences).toMatchObject([
    {
      contextIsolation: true,
      sandbox: true,
      nodeIntegration: false,
      nodeIntegrationInSubFrames: false,
      webviewTag: false,
      webSecurity: true,
    },
  ]);
});

test('a frame inside the page has no bridge', async () => {
  const kind = await app.page.evaluate(() => {
    const frame = document.createElement('iframe');
    document.body.append(frame);
    const inner = typeof Reflect.get(frame.contentWindow ?? {}, 'stateside');
    frame.remove();
    return inner;
  });
  expect(kind).toBe('undefined');
});
