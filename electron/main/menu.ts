import { app, Menu, shell, type MenuItemConstructorOptions } from 'electron';

/** Pages in the order of the window's rail. */
const PAGES = [
  ['Overview', '/'],
  ['Releases', '/releases'],
  ['Replay', '/replay'],
  ['Sign-off', '/signoff'],
  ['Log', '/log'],
  ['Settings', '/settings'],
] as const;

interface MenuActions {
  go(route: string): void;
  readonly workspaceFolder: string;
  readonly logFile: string;
}

/** The application menu. `go` takes the window to a route. */
export function setMenu({ go, workspaceFolder, logFile }: MenuActions): void {
  const page = (label: string, route: string, accelerator?: string): MenuItemConstructorOptions => ({
    label,
    click: () => go(route),
    ...(accelerator === undefined ? {} : { accelerator }),
  });
  const template: MenuItemConstructorOptions[] = [
    ...(process.platform === 'darwin' ? [{ role: 'appMenu' } as const] : []),
    {
      label: '&File',
      submenu: [
        page('Import Release…', '/releases', 'CmdOrCtrl+I'),
        page('New Replay…', '/replay', 'CmdOrCtrl+N'),
        page('Verify Record…', '/signoff/verify', 'CmdOrCtrl+Shift+V'),
        { type: 'separator' },
        page('Open, Found or Back Up Workspace…', '/workspaces', 'CmdOrCtrl+O'),
        { type: 'separator' },
        { label: 'Show Workspace Folder', click: () => void shell.openPath(workspaceFolder) },
        { type: 'separator' },
        { role: process.platform === 'darwin' ? 'close' : 'quit' },
      ],
    },
    { role: 'editMenu' },
    {
      label: '&View',
      submenu: [
        { role: 'reload' },
        { type: 'separator' },
        { role: 'resetZoom' },
        { role: 'zoomIn' },
        { role: 'zoomOut' },
        { type: 'separator' },
        { role: 'togglefullscreen' },
        ...(app.isPackaged ? [] : [{ role: 'toggleDevTools' } as const]),
      ],
    },
    {
      label: '&Go',
      submenu: PAGES.map(([label, route], index) => page(label, route, `CmdOrCtrl+${index + 1}`)),
    },
    { role: 'windowMenu' },
    {
      role: 'help',
      submenu: [
        { label: 'Show Log File', click: () => shell.showItemInFolder(logFile) },
        { label: 'About Stateside', click: () => app.showAboutPanel() },
      ],
    },
  ];
  Menu.setApplicationMenu(Menu.buildFromTemplate(template));
}
