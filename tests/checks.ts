import { bin, command, vitest, type Step } from './steps.ts';

/** Everything that needs no window: types, lint, form, dead code, walls, unit and integration tests, build. */
export function checks(): Step[] {
  const types = ['shared', 'electron', 'renderer', 'tests'].map((side) =>
    command(`types of ${side}`, bin('tsc'), ['-p', side]),
  );
  return [
    ...types,
    command('lint', bin('oxlint'), ['--type-aware', '--deny-warnings']),
    command('form', bin('prettier'), ['--check', '--log-level', 'warn', '.']),
    command('dead code', bin('knip'), []),
    command('walls', bin('depcruise'), [
      '--config',
      '.dependency-cruiser.mjs',
      'shared',
      'electron',
      'renderer',
    ]),
    vitest('unit and integration tests'),
    command('build', bin('electron-vite'), ['build', '--logLevel', 'warn']),
  ];
}
