import { expect, test } from '@playwright/test';
import { launchApp, type RunningApp } from '../e2e/app.ts';

let app: RunningApp;
test.beforeAll(async () => {
  app = await launchApp();
});
test.afterAll(() => app.close());

/** Where every window of the app stands, once what was tried had time to happen. */
const places = async () => {
  await app.page.waitForTimeout(300);
  return app.electron.evaluate(({ webContents }) =>
    webContents.getAllWebContents().map((contents) => contents.getURL()),
  );
};
const home = async () => [app.page.url()];

for (const target of [
  'https://example.com/',
  'http://127.0.0.1:9/',
  'file:///etc/passwd',
  'app://elsewhere/index.html',
  'app://stateside/assets/',
  'app://stateside/index.html?other=page',
  'data:text/html,<p>elsewhere</p>',
]) {
  test(`the window does not go to ${target}`, async () => {
    const before = await home();
    await app.page.evaluate((url) => location.assign(url), target);
    expect(await places()).toEqual(before);
    await app.page.evaluate((url) => {
      const link = document.createElement('a');
      link.href = url;
      document.body.append(link);
      link.click();
      link.remove();
    }, target);
    expect(await places()).toEqual(before);
  });

  test(`no window opens on ${target}`, async () => {
    const before = await home();
    const opened = await app.page.evaluate((url) => window.open(url) !== null, target);
    expect(opened).toBe(false);
    await app.page.evaluate((url) => {
      const link = Object.assign(document.createElement('a'), { href: url, target: '_blank' });
      document.body.append(link);
      link.click();
      link.remove();
    }, target);
    expect(await places()).toEqual(before);
  });

  test(`no frame shows ${target}`, async () => {
    const shown = await app.page.evaluate(async (url) => {
      const frame = Object.assign(document.createElement('iframe'), { src: url });
      document.body.append(frame);
      await new Promise((resolve) => setTimeout(resolve, 300));
      const text = frame.contentDocument?.body?.textContent ?? '';
      frame.remove();
      return text;
    }, target);
    expect(shown).toBe('');
  });
}

test('a redirect is not followed', async () => {
  const url = await app.electron.evaluate(async ({ BrowserWindow, session }) => {
    const own = session.fromPartition('redirecting');
    own.protocol.handle('app', (request) =>
      request.url.includes('elsewhere')
        ? new Response('elsewhere')
        : Response.redirect('app://elsewhere/index.html'),
    );
    const window = new BrowserWindow({ show: false, webPreferences: { session: own } });
    await window.loadURL('app://stateside/index.html').catch(() => undefined);
    const reached = window.webContents.getURL();
    window.destroy();
    return reached;
  });
  expect(url).not.toContain('elsewhere');
});

test('a form does not carry the window away', async () => {
  const before = await home();
  await app.page.evaluate(() => {
    const form = Object.assign(document.createElement('form'), {
      action: 'https://example.com/',
      method: 'post',
    });
    document.body.append(form);
    form.submit();
    form.remove();
  });
  expect(await places()).toEqual(before);
});

test('a webview stays an unknown element', async () => {
  const before = await home();
  await app.page.evaluate(() => {
    const view = document.createElement('webview');
    view.setAttribute('src', 'https://example.com/');
    document.body.append(view);
  });
  expect(await places()).toEqual(before);
  await app.page.evaluate(() => document.querySelector('webview')?.remove());
});

test('a webview is refused even where the tag is known', async () => {
  const attached = await app.electron.evaluate(async ({ BrowserWindow, webContents }) => {
    const window = new BrowserWindow({ show: false, webPreferences: { webviewTag: true } });
    await window.loadURL('app://stateside/index.html');
    const before = webContents.getAllWebContents().length;
    await window.webContents.executeJavaScript(
      `document.body.append(Object.assign(document.createElement('webview'), { src: 'about:blank' }))`,
    );
    await new Promise((resolve) => setTimeout(resolve, 500));
    const added = webContents.getAllWebContents().length - before;
    window.destroy();
    return added;
  });
  expect(attached).toBe(0);
});

test('nothing is downloaded', async () => {
  await app.electron.evaluate(({ session }) => {
    Reflect.set(globalThis, 'downloads', []);
    session.defaultSession.on('will-download', (event, item) => {
      Reflect.get(globalThis, 'downloads').push({
        refused: event.defaultPrevented,
        name: item.getFilename(),
      });
    });
  });
  await app.page.evaluate(() => {
    const link = document.createElement('a');
    link.href = URL.createObjectURL(new Blob(['text']));
    link.download = 'planted.txt';
    document.body.append(link);
    link.click();
    link.remove();
  });
  await expect
    .poll(() => app.electron.evaluate(() => Reflect.get(globalThis, 'downloads')))
    .toEqual([{ refused: true, name: 'planted.txt' }]);
});

test('a reload stays on the page and keeps its route', async () => {
  const before = await home();
  await app.page.evaluate(() => location.reload());
  await app.page.waitForLoadState();
  expect(await places()).toEqual(before);
});
