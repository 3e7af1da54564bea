import { writeFile } from 'node:fs/promises';
import { availableParallelism, cpus } from 'node:os';
import { parseArgs } from 'node:util';
import { table } from '../../electron/cli/table.ts';
import { benchFeed } from './feed.ts';
import type { Figure } from './figures.ts';
import { benchFormula } from './formula.ts';
import { benchGraph } from './graph.ts';
import { benchReplay } from './replay.ts';
import { benchReview } from './review.ts';
import { benchSignoff } from './signoff.ts';
import { benchStart } from './start.ts';
import { benchWeightsWindow } from './weights-window.ts';
import { benchWeights } from './weights.ts';

/** `npm run bench [-- name…] [--out file]`: measures, prints a table, and exits 1 when a target is missed. */
const BENCHES: Readonly<Record<string, () => Promise<Figure[]>>> = {
  feed: benchFeed,
  formula: benchFormula,
  graph: benchGraph,
  replay: benchReplay,
  review: benchReview,
  signoff: benchSignoff,
  start: benchStart,
  weights: benchWeights,
  'weights-window': benchWeightsWindow,
};

const { values, positionals } = parseArgs({ options: { out: { type: 'string' } }, allowPositionals: true });
const names = positionals.length === 0 ? Object.keys(BENCHES) : positionals;
const unknown = names.find((name) => !Object.hasOwn(BENCHES, name));
if (unknown !== undefined) {
  console.error(`There is no bench ${unknown}; choose among ${Object.keys(BENCHES).join(', ')}.`);
  process.exit(2);
}

const machine = {
  node: process.version,
  cpu: cpus()[0]?.model ?? 'unknown',
  threads: availableParallelism(),
};
console.log(`Node ${machine.node} on ${machine.threads} threads of ${machine.cpu}`);
const benches: Record<string, Figure[]> = {};
for (const name of names) {
  const figures = (await BENCHES[name]?.()) ?? [];
  benches[name] = figures;
  console.log(`\n${name}\n${table([['figure', 'value', 'unit', 'target'], ...figures.map(row)])}`);
}
if (values.out !== undefined)
  await writeFile(values.out, `${JSON.stringify({ machine, benches }, undefined, 2)}\n`);
const missed = Object.values(benches).some((figures) => figures.some(({ target }) => target?.met === false));
process.exit(missed ? 1 : 0);

function row({ name, value, unit, target }: Figure): string[] {
  const shown = value.toFixed(value < 10 ? 3 : 0);
  return [name, shown, unit, target === null ? '' : `${target.text} ${target.met ? 'met' : 'MISSED'}`];
}
