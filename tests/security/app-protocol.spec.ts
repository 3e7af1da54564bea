import { expect, test } from '@playwright/test';
import { launchApp, type RunningApp } from '../e2e/app.ts';

let app: RunningApp;
test.beforeAll(async () => {
  app = await launchApp();
});
test.afterAll(() => app.close());

/** Asks past every rule of the page, as the main process itself. */
const ask = (url: string, method = 'GET') =>
  app.electron.evaluate(
    async ({ session }, request) => {
      const response = await session.defaultSession.fetch(request.url, { method: request.method });
      return {
        status: response.status,
        body: await response.text(),
        headers: Object.fromEntries(response.headers),
      };
    },
    { url, method },
  );

test('the page is served with a policy that allows nothing but its own files', async () => {
  const { status, headers } = await ask('app://stateside/index.html');
  expect(status).toBe(200);
  const policy = headers['content-security-policy'] ?? '';
  expect(policy).toMatch(/^default-src 'none'; script-src 'self'; /);
  expect(policy).not.toMatch(/unsafe-eval|https?:|\*/);
  expect(policy.match(/'unsafe-inline'/g)).toHaveLength(1);
  expect(headers['x-content-type-options']).toBe('nosniff');
});

for (const path of [
  '../main/main.js',
  '..%2fmain%2fmain.js',
  '%2e%2e%2fmain%2fmain.js',
  '%2e%2e/%2e%2e/package.json',
  '..%5c..%5cpackage.json',
  'assets/..%2f..%2f..%2fpackage.json',
  '%252e%252e%252fpackage.json',
  '%00',
  '%',
  '/etc/passwd',
  '%2fetc%2fpasswd',
]) {
  test(`app://stateside/${path} leads nowhere`, async () => {
    const { status, body } = await ask(`app://stateside/${path}`);
    expect(status).toBe(404);
    expect(body).toBe('not found');
  });
}

test('another host of the scheme has no files', async () => {
  expect((await ask('app://elsewhere/index.html')).status).toBe(404);
  expect((await ask('app://stateside.example/index.html')).status).toBe(404);
});

test('only reading is answered', async () => {
  expect((await ask('app://stateside/index.html', 'POST')).status).toBe(404);
});

test('no script of the page runs from a string or an inline element', async () => {
  const ran = await app.page.evaluate(() => {
    const script = document.createElement('script');
    script.textContent = 'document.body.dataset.inline = "ran"';
    document.body.append(script);
    const button = document.createElement('button');
    button.setAttribute('onclick', 'document.body.dataset.handler = "ran"');
    document.body.append(button);
    button.click();
    script.remove();
    button.remove();
    return { inline: document.body.dataset['inline'], handler: document.body.dataset['handler'] };
  });
  expect(ran).toEqual({ inline: undefined, handler: undefined });
});
