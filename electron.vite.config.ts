import { existsSync } from 'node:fs';
import { join } from 'node:path';
import react from '@vitejs/plugin-react';
import { defineConfig } from 'electron-vite';

const root = import.meta.dirname;
const entry = (path: string) => join(root, path);

/** Worker threads are entries of their own, named as `electron/workers/*` names them. */
const workers = Object.fromEntries(
  ['services', 'replay', 'weights']
    .map((name) => [name, entry(`electron/workers/${name}.ts`)])
    .filter(([, path]) => existsSync(path ?? '')),
);

/** Everything but native modules, and piscina with its worker file, is bundled. */
const external = ['better-sqlite3', 'onnxruntime-node', 'piscina'];

/** Targets are those of the oldest runtime in use, the test runtime's Electron 33. */
export default defineConfig({
  main: {
    build: {
      target: 'node20',
      externalizeDeps: false,
      outDir: 'out/main',
      rolldownOptions: {
        external,
        input: { main: entry('electron/main/main.ts'), cli: entry('electron/cli/main.ts'), ...workers },
      },
    },
  },
  preload: {
    build: {
      target: 'node20',
      externalizeDeps: false,
      outDir: 'out/preload',
      rolldownOptions: {
        input: { preload: entry('electron/preload/preload.ts') },
        output: { format: 'cjs', entryFileNames: '[name].cjs' },
      },
    },
  },
  renderer: {
    root: entry('renderer'),
    plugins: [react()],
    build: {
      target: 'chrome130',
      outDir: 'out/renderer',
      minify: true,
      // a font inlined as data: would need a wider content security policy
      assetsInlineLimit: 0,
      rolldownOptions: { input: entry('renderer/index.html') },
    },
  },
});
