/** The one origin that the window's content comes from. */
export const APP_SCHEME = 'app';
export const APP_HOST = 'stateside';
export const APP_PAGE = `${APP_SCHEME}://${APP_HOST}/index.html`;

/** True for URLs of our own origin, whatever their path. */
export function isAppUrl(text: string): boolean {
  if (!URL.canParse(text)) return false;
  const { protocol, host } = new URL(text);
  return protocol === `${APP_SCHEME}:` && host === APP_HOST;
}

/** True for the window's one page, at whatever route. */
export function isAppPage(text: string): boolean {
  if (!isAppUrl(text)) return false;
  const { pathname, search } = new URL(text);
  return pathname === '/index.html' && search === '';
}
