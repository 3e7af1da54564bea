import { spawnSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { layersOf, type MadeBundle } from '../fixtures/replay/bundle.ts';

const PIPELINE = join(import.meta.dirname, 'python', 'pipeline.py');
/** Debian's own Python is the one that python3-torch is for. */
const PYTHON = '/usr/bin/python3';

const Answer = z.object({
  seconds: z.number(),
  candidates: z.int(),
  measures: z.record(
    z.string(),
    z.tuple([z.number(), z.number(), z.number()]).or(z.array(z.number().nullable())),
  ),
});
export type PythonAnswer = z.infer<typeof Answer>;

/** Whether Debian's python3-torch and python3-numpy are here. */
export function hasTorch(): boolean {
  return spawnSync(PYTHON, ['-c', 'import torch, numpy'], { stdio: 'ignore' }).status === 0;
}

/** Writes a made-up model as pipeline.py reads it; answers its folder. */
export function writeLayers(folder: string, made: MadeBundle): string {
  mkdirSync(folder, { recursive: true });
  const { initializers } = layersOf(made);
  const described = {
    hidden: made.hidden.length,
    heads: made.heads.map(({ name, weight }) => [name, weight]),
    tensors: initializers.map(({ name, shape }) => [name, shape]),
  };
  writeFileSync(join(folder, 'layers.json'), JSON.stringify(described));
  writeFileSync(
    join(folder, 'layers.bin'),
    Buffer.concat(
      initializers.map(({ data }) => new Uint8Array(data.buffer, data.byteOffset, data.byteLength)),
    ),
  );
  return folder;
}

/** Replays in Python, with the processor's own kernels, whatever older ones the machine's settings ask for. */
export function replayInPython(
  snapshot: string,
  folders: { readonly baseline: string; readonly candidate: string },
  topK: number,
  threads: number,
): PythonAnswer {
  const { OPENBLAS_CORETYPE: _older, ...env } = process.env;
  const count = String(threads);
  const { status, stdout, stderr } = spawnSync(
    PYTHON,
    [PIPELINE, snapshot, folders.baseline, folders.candidate, String(topK), count],
    { encoding: 'utf8', env: { ...env, OMP_NUM_THREADS: count, OPENBLAS_NUM_THREADS: count } },
  );
  if (status !== 0) throw new Error(`pipeline.py ended with ${status}: ${stderr}`);
  return Answer.parse(JSON.parse(stdout));
}
