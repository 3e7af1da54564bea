import { spawnSync } from 'node:child_process';

/** Brings up the loopback interface, which a new network namespace starts without, and runs the rest. */
const WITH_LOOPBACK = ['sh', '-c', 'ip link set lo up && exec "$@"', 'sh'];

/**
 * What to put before a command so that it reaches this machine and nothing else; null where the system does not allow
 * it. As root a namespace is made at once, otherwise inside a user namespace that keeps the user.
 */
export function withoutNetwork(): readonly string[] | null {
  if (process.platform !== 'linux') return null;
  const isRoot = process.getuid?.() === 0;
  const unshare = isRoot
    ? ['unshare', '--net']
    : ['unshare', '--user', '--map-current-user', '--keep-caps', '--net'];
  const wrapper = [...unshare, ...WITH_LOOPBACK];
  const [program = '', ...args] = [...wrapper, 'true'];
  return spawnSync(program, args, { stdio: 'ignore' }).status === 0 ? wrapper : null;
}

/** Succeeds when no address outside this machine can be reached. */
export const REACH_OUT = [
  process.execPath,
  '-e',
  `require('node:net').connect({ host: '192.0.2.1', port: 443, timeout: 3000 })
    .on('error', ({ code }) => process.exit(code === 'ENETUNREACH' ? 0 : 1))
    .on('timeout', () => process.exit(1))
    .on('connect', () => process.exit(1))`,
];
