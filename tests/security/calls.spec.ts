import { join } from 'node:path';
import { expect, test } from '@playwright/test';
import { launchApp, type RunningApp } from '../e2e/app.ts';
import { PROJECT } from '../runtime/cache.ts';

const PRELOAD = join(PROJECT, 'out', 'preload', 'preload.cjs');

let app: RunningApp;
test.beforeAll(async () => {
  app = await launchApp();
});
test.afterAll(() => app.close());

/** Calls `shell:about` out of a page of a window of its own, which has our preload script and is not our page. */
const callFrom = (url: string) =>
  app.electron.evaluate(
    async ({ BrowserWindow }, { url, preload }) => {
      const window = new BrowserWindow({ show: false, webPreferences: { preload, sandbox: true } });
      try {
        await window.loadURL(url);
        return await window.webContents.executeJavaScript('window.stateside.shell.about()');
      } finally {
        window.destroy();
      }
    },
    { url, preload: PRELOAD },
  );

test('our own page is answered', async () => {
  expect(await callFrom('app://stateside/index.html')).toMatchObject({ ok: true });
});

for (const url of ['data:text/html,<p>a stranger</p>', 'about:blank']) {
  test(`a page of ${url} is refused`, async () => {
    expect(await callFrom(url)).toEqual({
      ok: false,
      error: { code: 'refused', message: 'This page may not call Stateside' },
    });
  });
}

test('a frame inside our page is refused, even with a bridge and our own address', async () => {
  const answer = await app.electron.evaluate(async ({ BrowserWindow }, preload) => {
    const window = new BrowserWindow({
      show: false,
      webPreferences: { preload, sandbox: true, nodeIntegrationInSubFrames: true },
    });
    try {
      await window.loadURL('app://stateside/index.html');
      // the walls that keep frames away altogether are taken down first
      window.webContents.removeAllListeners('will-frame-navigate');
      window.webContents.debugger.attach();
      await window.webContents.debugger.sendCommand('Page.setBypassCSP', { enabled: true });
      await window.webContents.executeJavaScript(`new Promise((resolve) => {
        const frame = document.createElement('iframe');
        frame.onload = resolve;
        frame.src = 'app://stateside/index.html';
        document.body.append(frame);
      })`);
      const [frame] = window.webContents.mainFrame.frames;
      return { url: frame?.url, answer: await frame?.executeJavaScript('window.stateside.shell.about()') };
    } finally {
      window.destroy();
    }
  }, PRELOAD);
  expect(answer).toEqual({
    url: expect.stringContaining('app://stateside/index.html'),
    answer: { ok: false, error: { code: 'refused', message: 'This page may not call Stateside' } },
  });
});

test('an input of the wrong form is refused with the place in it', async () => {
  const answers = await app.page.evaluate(() =>
    Promise.all(
      [undefined, null, 7, { digest: 7 }, { digest: ['a'] }].map((input): unknown =>
        Reflect.apply(window.stateside.releases.get, undefined, [input]),
      ),
    ),
  );
  expect(answers).toHaveLength(5);
  for (const answer of answers) {
    expect(answer).toMatchObject({
      ok: false,
      error: { code: 'usage', message: expect.stringContaining('releases:get was called wrongly') },
    });
  }
});

test('an expected failure crosses as code and sentence, without a stack', async () => {
  const answer = await app.page.evaluate(() => window.stateside.releases.get({ digest: 'f'.repeat(64) }));
  expect(answer).toMatchObject({ ok: false, error: { code: 'not_found' } });
  expect(JSON.stringify(answer)).not.toMatch(/\bat .*:\d+:\d+/);
});
