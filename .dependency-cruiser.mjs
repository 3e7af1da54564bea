/** The walls: who may import whom. `tests/unit/boundaries.test.ts` plants violations and sees them refused. */
const rule = (name, comment, from, to) => ({ name, comment, severity: 'error', from, to });

/** @type {import('dependency-cruiser').IConfiguration} */
export default {
  forbidden: [
    rule(
      'renderer-imports-shared-only',
      'The window knows the contract, never the services.',
      { path: '^renderer/' },
      { path: '^(electron|tests|resources)/' },
    ),
    rule(
      'preload-imports-shared-only',
      'The preload is a thin bridge.',
      { path: '^electron/preload/' },
      { path: '^(renderer|tests|resources|electron/(?!preload/))' },
    ),
    rule(
      'electron-never-imports-renderer',
      'Processes meet in the contract.',
      { path: '^electron/' },
      { path: '^(renderer|tests)/' },
    ),
    rule(
      'shared-imports-shared-only',
      'Shared code runs on every side.',
      { path: '^shared/' },
      { path: '^(electron|renderer|tests|resources)/' },
    ),
    rule(
      'domain-imports-domain-only',
      'The domain is pure.',
      { path: '^shared/domain/' },
      { path: '^shared/(?!domain/)' },
    ),
    rule('domain-uses-no-node', 'The domain is pure.', { path: '^shared/' }, { dependencyTypes: ['core'] }),
    rule(
      'domain-uses-pure-packages',
      'Only packages without a platform.',
      { path: '^shared/' },
      { path: '(^|/)node_modules/', pathNot: '(^|/)node_modules/(zod|yaml|canonicalize)/' },
    ),
    rule(
      'renderer-uses-no-node',
      'The window has no Node.',
      { path: '^renderer/' },
      { dependencyTypes: ['core'] },
    ),
    rule(
      'services-run-without-electron',
      'They run and are tested in plain Node.',
      { path: '^electron/(services|workers|database|cli)/' },
      { path: '(^|/)node_modules/electron/|^electron$|^electron/(main|preload|ipc|security)/' },
    ),
    rule(
      'only-main-composes',
      'The main process is the only place that composes the rest.',
      { path: '^electron/(security|ipc|services|workers|database|cli)/' },
      { path: '^electron/main/' },
    ),
    rule(
      'services-do-not-know-the-command-line',
      'The same services serve window and command line.',
      { path: '^electron/(services|workers|database)/' },
      { path: '^electron/cli/' },
    ),
    rule(
      'database-does-not-know-services',
      'Data flows one way.',
      { path: '^electron/database/' },
      { path: '^electron/(services|workers)/' },
    ),
    rule('no-cycles', 'A cycle hides what depends on what.', {}, { circular: true }),
    rule('resolvable', 'Every import leads somewhere.', {}, { couldNotResolve: true }),
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    tsPreCompilationDeps: true,
    enhancedResolveOptions: {
      extensions: ['.ts', '.tsx', '.mjs', '.js', '.json'],
      conditionNames: ['import', 'node', 'default', 'types'],
      exportsFields: ['exports'],
    },
  },
};
