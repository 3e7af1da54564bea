import { app, dialog } from 'electron';
import { registerAppScheme } from '../security/app-protocol.ts';
import { setSwitches } from '../security/switches.ts';
import { readCommandLine } from './command-line.ts';
import { openConsole } from './open-console.ts';

const { command, workspace } = readCommandLine(process.argv.slice(1), process.defaultApp ?? false);

if (command === null) {
  const userData = app.commandLine.getSwitchValue('user-data-dir');
  if (userData !== '') app.setPath('userData', userData);
  if (app.requestSingleInstanceLock()) {
    setSwitches(app);
    registerAppScheme();
    // not awaited: the app is ready only when this module has run
    openConsole(workspace).catch((error: unknown) => {
      dialog.showErrorBox(
        'Stateside could not start',
        error instanceof Error ? error.message : String(error),
      );
      app.exit(70);
    });
  } else {
    app.quit();
  }
} else {
  // no window, so no display is needed either
  app.commandLine.appendSwitch('ozone-platform', 'headless');
  app.disableHardwareAcceleration();
  const { runCli } = await import('../cli/program.ts');
  app.exit(await runCli(command));
}
