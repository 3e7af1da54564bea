import { execFile, spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);

const PACKAGE_OF_PROGRAM: Record<string, string> = {
  gcc: 'gcc',
  'g++': 'g++',
  Xvfb: 'xvfb',
  pdftotext: 'poppler-utils',
  'dbus-daemon': 'dbus',
  'gnome-keyring-daemon': 'gnome-keyring',
};

/** Debian packages of the libraries that Electron links. */
const PACKAGE_OF_LIBRARY: readonly (readonly [RegExp, string])[] = [
  [/^lib(gtk|gdk)-3\.so/, 'libgtk-3-0'],
  [/^lib(nss3|nssutil3|smime3)\.so/, 'libnss3'],
  [/^lib(nspr4|plc4|plds4)\.so/, 'libnspr4'],
  [/^libasound\.so/, 'libasound2'],
  [/^libgbm\.so/, 'libgbm1'],
  [/^libatk-bridge-2\.0\.so/, 'libatk-bridge2.0-0'],
  [/^libatk-1\.0\.so/, 'libatk1.0-0'],
  [/^libatspi\.so/, 'libatspi2.0-0'],
  [/^libdrm\.so/, 'libdrm2'],
  [/^libxkbcommon\.so/, 'libxkbcommon0'],
  [/^libXcomposite\.so/, 'libxcomposite1'],
  [/^libXdamage\.so/, 'libxdamage1'],
  [/^libXrandr\.so/, 'libxrandr2'],
  [/^libXfixes\.so/, 'libxfixes3'],
  [/^libXext\.so/, 'libxext6'],
  [/^libX11\.so/, 'libx11-6'],
  [/^libxcb\.so/, 'libxcb1'],
  [/^libcups\.so/, 'libcups2'],
  [/^libcairo\.so/, 'libcairo2'],
  [/^libpango-1\.0\.so/, 'libpango-1.0-0'],
  [/^libdbus-1\.so/, 'libdbus-1-3'],
  [/^libexpat\.so/, 'libexpat1'],
  [/^libudev\.so/, 'libudev1'],
  [/^libsecret-1\.so/, 'libsecret-1-0'],
  [/^lib(glib|gio|gobject|gmodule)-2\.0\.so/, 'libglib2.0-0'],
];

/** Makes sure that the programs are there; as root on Debian installs their packages, else refuses with the command. */
export async function needPrograms(programs: readonly string[], purpose: string): Promise<void> {
  const missing = programs.filter((name) => !isOnPath(name));
  await installed([...new Set(missing.map((name) => PACKAGE_OF_PROGRAM[name] ?? name))], purpose);
}

/** Makes sure that the system libraries of a program are there, likewise. */
export async function needLibraries(executable: string): Promise<void> {
  if (process.platform !== 'linux') return;
  const packages = librariesToPackages(await unresolved(executable));
  await installed(packages, 'which a window needs');
}

/** Makes sure that libraries are there which a program loads only when it uses them, likewise. */
export async function needLoadable(libraries: readonly string[], purpose: string): Promise<void> {
  const { stdout } = await run('/sbin/ldconfig', ['-p']);
  await installed(librariesToPackages(libraries.filter((name) => !stdout.includes(`\t${name} `))), purpose);
}

/** The packages of libraries, each once. A library of an unknown package stands for itself. */
export function librariesToPackages(libraries: readonly string[]): string[] {
  return [
    ...new Set(
      libraries.map((name) => PACKAGE_OF_LIBRARY.find(([pattern]) => pattern.test(name))?.[1] ?? name),
    ),
  ];
}

/** Library names that `ldd` finds nowhere. */
async function unresolved(executable: string): Promise<string[]> {
  const { stdout } = await run('ldd', [executable]);
  return [...stdout.matchAll(/^\s*(\S+) => not found$/gm)].flatMap(([, name]) => name ?? []);
}

async function installed(packages: readonly string[], purpose: string): Promise<void> {
  if (packages.length === 0) return;
  const isRoot = process.getuid?.() === 0;
  if (!isRoot || !isOnPath('apt-get')) {
    const sudo = isRoot ? '' : 'sudo ';
    throw new Error(`Missing system packages, ${purpose}: ${sudo}apt-get install -y ${packages.join(' ')}`);
  }
  console.log(`Installing system packages, ${purpose}: apt-get install -y ${packages.join(' ')}`);
  aptGet(['update', '-q']);
  aptGet([
    'install',
    '-q',
    '-y',
    '--no-install-recommends',
    ...(await Promise.all(packages.map(currentName))),
  ]);
}

/** Debian 13 renamed libraries with 64-bit time to `…t64`. */
async function currentName(name: string): Promise<string> {
  const renamed = await run('apt-cache', ['show', `${name}t64`]).catch(() => undefined);
  return renamed === undefined ? name : `${name}t64`;
}

function aptGet(args: readonly string[]): void {
  const { status } = spawnSync('apt-get', args, {
    stdio: ['ignore', 'ignore', 'inherit'],
    env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
  });
  if (status !== 0) throw new Error(`apt-get ${args.join(' ')} failed; its messages stand above`);
}

function isOnPath(program: string): boolean {
  return (process.env['PATH'] ?? '').split(delimiter).some((folder) => existsSync(join(folder, program)));
}
