import { createSocket, type Socket } from 'node:dgram';
import { createServer, connect, type Server } from 'node:net';
import { expect, test } from '@playwright/test';
import { launchApp, type RunningApp } from '../e2e/app.ts';

let app: RunningApp;
let tcp: Server;
let udp: Socket;
let port: number;
let reached: string[] = [];

test.beforeAll(async () => {
  tcp = createServer((socket) => {
    reached.push('tcp');
    socket.end(
      'HTTP/1.1 200 OK\r\nAccess-Control-Allow-Origin: *\r\nContent-Length: 2\r\nConnection: close\r\n\r\nok',
    );
  });
  await new Promise<void>((resolve) => tcp.listen(0, '127.0.0.1', resolve));
  const address = tcp.address();
  port = typeof address === 'object' && address !== null ? address.port : 0;
  udp = createSocket('udp4', () => reached.push('udp'));
  await new Promise<void>((resolve) => udp.bind(port, '127.0.0.1', resolve));
  app = await launchApp();
});
test.beforeEach(() => {
  reached = [];
});
test.afterAll(async () => {
  await app.close();
  tcp.close();
  udp.close();
});

/** Tries every way out that a page has, and answers those that were not refused at once. */
const tryAllWaysOut = () =>
  app.page.evaluate(async (address) => {
    const http = `http://${address}/`;
    const ended = (element: HTMLElement) =>
      new Promise((resolve) => {
        element.addEventListener('load', () => resolve('loaded'));
        element.addEventListener('error', () => resolve('refused'));
        setTimeout(() => resolve('silent'), 1_500);
        document.head.append(element);
      });
    const link = (rel: string) => Object.assign(document.createElement('link'), { rel, href: http });
    const attempts: Record<string, () => unknown> = {
      fetch: () => fetch(http, { mode: 'no-cors' }),
      'fetch of https': () => fetch(`https://${address}/`),
      'fetch of a name': () => fetch(`http://localhost:${address.split(':')[1]}/`),
      // says only that it was put in a queue: the server tells the rest
      beacon: () => (navigator.sendBeacon(http, 'x') ? 'silent' : 'refused'),
      socket: () =>
        new Promise((resolve, reject) =>
          Object.assign(new WebSocket(`ws://${address}`), { onopen: resolve, onerror: reject }),
        ),
      events: () =>
        new Promise((resolve, reject) =>
          Object.assign(new EventSource(http), { onopen: resolve, onerror: reject }),
        ),
      image: () => ended(Object.assign(new Image(), { src: http })),
      script: () => ended(Object.assign(document.createElement('script'), { src: http })),
      style: () => ended(link('stylesheet')),
      preconnect: () => ended(link('preconnect')),
      prefetch: () => ended(link('prefetch')),
      worker: () =>
        new Promise((resolve, reject) =>
          Object.assign(new Worker(http), { onmessage: resolve, onerror: reject }),
        ),
      stun: async () => {
        const peer = new RTCPeerConnection({ iceServers: [{ urls: `stun:${address}` }] });
        peer.createDataChannel('out');
        await peer.setLocalDescription();
        await new Promise((resolve) => setTimeout(resolve, 1_500));
        peer.close();
        throw new Error('nothing to tell');
      },
    };
    const results: Record<string, string> = {};
    for (const [name, attempt] of Object.entries(attempts)) {
      results[name] = await Promise.resolve()
        .then(attempt)
        .then((value) => (value === 'refused' || value === 'silent' ? value : 'went out'))
        .catch(() => 'refused');
    }
    return results;
  }, `127.0.0.1:${port}`);

test('the server that must not be reached can be reached', async () => {
  await new Promise((resolve) => connect(port, '127.0.0.1').on('close', resolve).resume());
  const socket = createSocket('udp4');
  socket.send('x', port, '127.0.0.1', () => socket.close());
  await expect.poll(() => reached.toSorted()).toEqual(['tcp', 'udp']);
});

test('no way out of the page leads to the network', async () => {
  const results = await tryAllWaysOut();
  expect(Object.entries(results).filter(([, result]) => result === 'went out')).toEqual([]);
  expect(reached).toEqual([]);
});

test('nor does one when the content security policy is gone', async () => {
  const inspector = await app.electron.context().newCDPSession(app.page);
  await inspector.send('Page.setBypassCSP', { enabled: true });
  await app.page.reload();
  const results = await tryAllWaysOut();
  expect(Object.entries(results).filter(([, result]) => result === 'went out')).toEqual([]);
  expect(reached).toEqual([]);
});

test('the session blocks a socket, which no protocol handler sees', async () => {
  const error = app.electron.evaluate(
    ({ session }) =>
      new Promise((resolve) =>
        session.defaultSession.webRequest.onErrorOccurred({ urls: ['ws://*/*'] }, (details) =>
          resolve(details.error),
        ),
      ),
  );
  // one socket may come before the listener
  const open = () => app.page.evaluate((url) => new WebSocket(url).readyState, `ws://127.0.0.1:${port}/`);
  const opening = setInterval(() => void open(), 200);
  try {
    expect(await error).toBe('net::ERR_BLOCKED_BY_CLIENT');
  } finally {
    clearInterval(opening);
  }
});

test('no name and no address resolves', async () => {
  const resolved = await app.electron.evaluate(({ session }) =>
    Promise.allSettled(
      ['localhost', 'example.com', '127.0.0.1'].map((host) => session.defaultSession.resolveHost(host)),
    ),
  );
  expect(resolved.map(({ status }) => status)).toEqual(['rejected', 'rejected', 'rejected']);
});

test('the session refuses every remote scheme', async () => {
  const urls = ['http', 'https', 'ws', 'wss', 'ftp'].map((scheme) => `${scheme}://127.0.0.1:${port}/`);
  const results = await app.electron.evaluate(
    ({ session, net }, urls) =>
      Promise.all(
        urls.flatMap((url) =>
          [session.defaultSession.fetch.bind(session.defaultSession), net.fetch].map((get) =>
            get(url).then(
              () => 'answered',
              () => 'refused',
            ),
          ),
        ),
      ),
    [...urls, 'file:///etc/passwd'],
  );
  expect(new Set(results)).toEqual(new Set(['refused']));
  expect(reached).toEqual([]);
});

test('each remote scheme has a handler of its own that refuses', async () => {
  const handled = await app.electron.evaluate(({ session }) =>
    ['http', 'https', 'ftp', 'file'].map((scheme) =>
      session.defaultSession.protocol.isProtocolHandled(scheme),
    ),
  );
  expect(handled).toEqual([true, true, true, true]);
});
