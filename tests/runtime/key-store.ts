import { execFile, spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout } from 'node:timers/promises';
import { promisify } from 'node:util';
import { needLoadable, needPrograms } from './debian.ts';

const run = promisify(execFile);

const PURPOSE = 'for a key store of the operating system';

/** A GNOME keyring with a message bus and a home of its own, as a person has one who logged in to a desktop. */
export interface SystemKeyring {
  /** What the app is started with to find it. */
  readonly args: readonly string[];
  readonly env: Readonly<Record<string, string>>;
  close(): Promise<void>;
}

/** Starts a keyring and unlocks it. Where the machine lacks what it takes, it is installed, or the error says how. */
export async function openKeyring(): Promise<SystemKeyring> {
  await needPrograms(['dbus-daemon', 'gnome-keyring-daemon'], PURPOSE);
  await needLoadable(['libsecret-1.so.0'], PURPOSE);
  const home = await mkdtemp(join(tmpdir(), 'stateside-keyring-'));
  const own = { HOME: home, XDG_RUNTIME_DIR: home, XDG_DATA_HOME: join(home, 'data') };
  const bus = spawn('dbus-daemon', ['--session', '--nofork', '--print-address'], {
    env: { ...process.env, ...own },
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  const lines = createInterface(bus.stdout);
  const address = await new Promise<string>((resolve, reject) => {
    lines.once('line', resolve);
    bus.once('error', reject);
    bus.once('exit', () => reject(new Error('dbus-daemon ended before it was ready')));
  });
  const env = { DBUS_SESSION_BUS_ADDRESS: address, XDG_RUNTIME_DIR: home };
  const keyring = spawn('gnome-keyring-daemon', ['--foreground', '--unlock', '--components=secrets'], {
    env: { ...process.env, ...own, ...env },
    stdio: ['pipe', 'ignore', 'ignore'],
  });
  keyring.stdin.end('the password of the login');
  while (!(await isOnBus('org.freedesktop.secrets', env))) {
    if (keyring.exitCode !== null) throw new Error('gnome-keyring-daemon ended before it was ready');
    await setTimeout(50);
  }
  return {
    args: ['--password-store=gnome-libsecret'],
    env,
    close: async () => {
      for (const process of [keyring, bus]) await ended(process);
      await rm(home, { recursive: true, force: true });
    },
  };
}

async function isOnBus(name: string, env: Readonly<Record<string, string>>): Promise<boolean> {
  const bus = 'org.freedesktop.DBus';
  const ask = ['--session', '--print-reply=literal', `--dest=${bus}`, '/', `${bus}.NameHasOwner`];
  const { stdout } = await run('dbus-send', [...ask, `string:${name}`], {
    env: { ...process.env, ...env },
  });
  return stdout.includes('true');
}

async function ended(process: ChildProcess): Promise<void> {
  if (process.exitCode !== null || process.signalCode !== null) return;
  const exit = once(process, 'exit');
  process.kill();
  await exit;
}
