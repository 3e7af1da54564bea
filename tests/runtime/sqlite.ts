import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { copyFile, mkdir, mkdtemp, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { z } from 'zod';
import { CACHE, MODULES, recipeKey } from './cache.ts';
import { needPrograms } from './debian.ts';

const ADDON = join(MODULES, 'better-sqlite3');

/** Registers the addon under the experimental Node-API version. */
const SOURCE = `#include <napi.h>
#undef NODE_API_MODULE
#define EXPORTED extern "C" __attribute__((visibility("default")))
#define NODE_API_MODULE(name, init) \\
  EXPORTED int32_t node_api_module_get_api_version_v1(void) { return 2147483647; } \\
  EXPORTED napi_value napi_register_module_v1(napi_env env, napi_value exports) { \\
    return Napi::RegisterModule(env, exports, init); \\
  }
#include "better_sqlite3.cpp"
`;

const C_FLAGS = ['-std=c99', '-w', '-O2', '-fPIC', '-DNDEBUG'];
const CPP_FLAGS = [
  ...['-std=c++20', '-w', '-O2', '-fPIC', '-fno-exceptions', '-fno-rtti', '-fvisibility=hidden', '-DNDEBUG'],
  ...['-DNAPI_VERSION=9', '-DNAPI_DISABLE_CPP_EXCEPTIONS', '-DNODE_API_SWALLOW_UNTHROWABLE_EXCEPTIONS'],
];
const LINK_FLAGS = ['-shared', '-Wl,-Bsymbolic', '-Wl,--exclude-libs,ALL', '-ldl', '-lpthread'];

const Manifest = z.object({ version: z.string() });

/**
 * Puts a better-sqlite3 in place that runtimes older than Node-API 10 load, Electron 33 among them, and Node 24 as well.
 * The addon uses no function newer than Node-API 9, only references to any value, which an older runtime grants to
 * addons of the experimental version. Needs gcc and g++, no network; compiled once per version.
 */
export async function placePortableSqlite(): Promise<void> {
  const { version } = Manifest.parse(JSON.parse(await readFile(join(ADDON, 'package.json'), 'utf8')));
  const defines = await sqliteDefines();
  const recipe = recipeKey(JSON.stringify([SOURCE, C_FLAGS, CPP_FLAGS, LINK_FLAGS, defines, process.arch]));
  const cached = join(CACHE, `better_sqlite3-${version}-${recipe}.node`);
  if (!existsSync(cached)) await compile(cached, defines);
  const placed = join(ADDON, 'build', 'Release', 'better_sqlite3.node');
  if (existsSync(placed) && (await readFile(placed)).equals(await readFile(cached))) return;
  await mkdir(join(placed, '..'), { recursive: true });
  await copyFile(cached, `${placed}.part`);
  await rename(`${placed}.part`, placed);
}

/** SQLite's compile options as better-sqlite3 ships them, as compiler flags. */
async function sqliteDefines(): Promise<string[]> {
  const text = await readFile(join(ADDON, 'deps', 'defines.gypi'), 'utf8');
  const defines = [...text.matchAll(/^\s*'([A-Z][A-Z0-9_]*(?:=[^']*)?)',$/gm)].map(
    (match) => `-D${match[1]}`,
  );
  if (defines.length < 20)
    throw new Error(`${ADDON}/deps/defines.gypi is not as expected; better-sqlite3 has changed`);
  return defines;
}

async function compile(target: string, defines: readonly string[]): Promise<void> {
  await needPrograms(['gcc', 'g++'], 'to build better-sqlite3 for the test runtime');
  console.log('Building better-sqlite3 for the test runtime, once on this machine (about a minute) …');
  const work = await mkdtemp(join(tmpdir(), 'stateside-sqlite-'));
  try {
    const sqlite = join(ADDON, 'deps', 'sqlite3');
    const source = join(work, 'addon.cpp');
    await writeFile(source, SOURCE);
    const include = [
      sqlite,
      join(ADDON, 'src'),
      join(MODULES, 'node-addon-api'),
      join(MODULES, 'node-api-headers', 'include'),
    ];
    const objects = [join(work, 'sqlite3.o'), join(work, 'addon.o')] as const;
    await Promise.all([
      command('gcc', [...C_FLAGS, ...defines, '-c', join(sqlite, 'sqlite3.c'), '-o', objects[0]]),
      command('g++', [
        ...CPP_FLAGS,
        ...include.map((folder) => `-I${folder}`),
        '-c',
        source,
        '-o',
        objects[1],
      ]),
    ]);
    const built = join(work, 'better_sqlite3.node');
    await command('g++', [...objects, ...LINK_FLAGS, '-o', built]);
    await mkdir(CACHE, { recursive: true });
    await copyFile(built, `${target}.part`);
    await rename(`${target}.part`, target);
  } finally {
    await rm(work, { recursive: true, force: true });
  }
}

async function command(program: string, args: readonly string[]): Promise<void> {
  const child = spawn(program, args, { stdio: 'inherit' });
  const code = await new Promise<number | null>((resolve, reject) =>
    child.on('error', reject).on('close', resolve),
  );
  if (code !== 0)
    throw new Error(
      `${program} could not build better-sqlite3 (exit code ${code}); its messages stand above`,
    );
}
