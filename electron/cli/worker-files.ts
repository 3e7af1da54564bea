import { fileURLToPath } from 'node:url';

/** Where the command line finds what runs on worker threads. */
export const replayWorkerFile = fileURLToPath(new URL('../workers/replay.ts', import.meta.url));
export const weightsWorkerFile = fileURLToPath(new URL('../workers/weights.ts', import.meta.url));
