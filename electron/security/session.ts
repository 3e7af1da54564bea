import type { Session } from 'electron';
import { isAppUrl } from './origin.ts';

const REMOTE_SCHEMES = ['http', 'https', 'ftp', 'file'];

/** What is made inside the window and never leaves it. */
const LOCAL_SCHEMES = ['blob:', 'data:', 'devtools:'];

/** True when the window may load this: its own files, and what it made itself. */
export function mayLoad(url: string): boolean {
  return isAppUrl(url) || LOCAL_SCHEMES.some((scheme) => url.startsWith(scheme));
}

/** Takes the network, every permission and every download from a session. */
export function closeSession(session: Session): void {
  session.webRequest.onBeforeRequest((details, decide) => decide({ cancel: !mayLoad(details.url) }));
  for (const scheme of REMOTE_SCHEMES) session.protocol.handle(scheme, () => Response.error());
  session.setPermissionRequestHandler((_contents, _permission, decide) => decide(false));
  session.setPermissionCheckHandler(() => false);
  session.setDevicePermissionHandler(() => false);
  session.setDisplayMediaRequestHandler((_request, decide) => decide({}));
  session.setSpellCheckerEnabled(false);
  session.on('will-download', (event) => event.preventDefault());
}
