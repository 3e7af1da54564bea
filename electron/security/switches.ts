import type { App } from 'electron';

/** Chromium switches by which another program could drive or open up the installed app. */
const OPENING = [
  ...['remote-debugging-port', 'remote-debugging-pipe', 'remote-debugging-address', 'remote-allow-origins'],
  ...[
    'disable-web-security',
    'allow-file-access-from-files',
    'load-extension',
    'host-rules',
    'proxy-server',
    'proxy-pac-url',
  ],
];

/** Must run before the app is ready. Names no host at all, so that nothing of Chromium's own finds one either. */
export function setSwitches(app: App): void {
  if (app.isPackaged) for (const name of OPENING) app.commandLine.removeSwitch(name);
  app.commandLine.appendSwitch('host-resolver-rules', 'MAP * ~NOTFOUND');
  app.commandLine.appendSwitch('disable-background-networking');
  app.commandLine.appendSwitch('disable-component-update');
  app.commandLine.appendSwitch('no-pings');
  app.commandLine.appendSwitch('dns-prefetch-disable');
}
