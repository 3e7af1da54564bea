import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { buildSample } from './build.ts';

/** `npm run sample [-- FOLDER]`: builds the sample into resources/sample, or into FOLDER. */
const sample = dirname(dirname(fileURLToPath(import.meta.url)));
const [folder] = process.argv.slice(2);
const started = performance.now();
const say = (line: string): void => void process.stderr.write(`${line}\n`);

await buildSample(join(sample, 'source'), folder === undefined ? sample : resolve(folder), say);
say(`done in ${((performance.now() - started) / 1000).toFixed(1)} s`);
