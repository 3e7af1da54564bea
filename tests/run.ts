import { checks } from './checks.ts';
import { needPrograms } from './runtime/debian.ts';
import { openDisplay } from './runtime/display.ts';
import { locateElectron } from './runtime/locate.ts';
import { REACH_OUT, withoutNetwork } from './runtime/without-network.ts';
import { close, command, playwright, runSteps } from './steps.ts';

/** What needs the network comes first and is no test; then every test runs without it, where the machine allows that. */
try {
  await needPrograms(['openssl', 'jq', 'pdftotext'], 'which results are checked with');
  const { version } = await locateElectron();
  console.log(`Electron ${version}`);
  const wrapper = withoutNetwork();
  console.log(
    wrapper === null
      ? 'This machine does not allow a network of its own (unshare): the window is tested with the network in reach.'
      : 'The window is tested with the network cut off (unshare): only the machine itself can be reached.',
  );
  const display = await openDisplay();
  Object.assign(process.env, display.env);
  const cut = wrapper ?? [];
  const steps = [
    ...checks(),
    ...(wrapper === null
      ? []
      : [command('the network is cut off', cut[0] ?? '', [...cut.slice(1), ...REACH_OUT])]),
    playwright('tests in a real window', cut),
  ];
  process.exitCode = close(runSteps(steps));
  display.close();
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  console.log('\n0 passed, 1 failed');
  process.exitCode = 1;
}
