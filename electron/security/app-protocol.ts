import { readFile } from 'node:fs/promises';
import { extname } from 'node:path';
import { protocol, type Session } from 'electron';
import { containedFile } from './contained-file.ts';
import { APP_SCHEME, isAppUrl } from './origin.ts';

const TYPES = new Map([
  ['.html', 'text/html; charset=utf-8'],
  ['.js', 'text/javascript; charset=utf-8'],
  ['.css', 'text/css; charset=utf-8'],
  ['.woff2', 'font/woff2'],
  ['.svg', 'image/svg+xml'],
  ['.png', 'image/png'],
]);

/** Mantine sets sizes and colours through style attributes and one style element: hence `'unsafe-inline'` for styles. */
const POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self' 'unsafe-inline'",
  "img-src 'self' blob: data:",
  "font-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ');

const HEADERS = {
  'content-security-policy': POLICY,
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
};

/** Must run before the app is ready. */
export function registerAppScheme(): void {
  protocol.registerSchemesAsPrivileged([
    { scheme: APP_SCHEME, privileges: { standard: true, secure: true } },
  ]);
}

/** Serves the files of `folder` under app://stateside/, and nothing outside it. */
export function serveApp(session: Session, folder: string): void {
  session.protocol.handle(APP_SCHEME, async ({ method, url }) => {
    const path =
      method === 'GET' && isAppUrl(url) ? await containedFile(folder, new URL(url).pathname) : undefined;
    const type = path === undefined ? undefined : TYPES.get(extname(path));
    if (path === undefined || type === undefined)
      return new Response('not found', { status: 404, headers: HEADERS });
    return new Response(new Uint8Array(await readFile(path)), {
      headers: { ...HEADERS, 'content-type': type },
    });
  });
}
