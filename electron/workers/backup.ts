import { inspectBackup as inspect } from '../services/workspace/backup.ts';
import { enveloped } from './envelope.ts';

/** Reads the copied database of a backup through. */
export const inspectBackup = enveloped(async ({ path }: { readonly path: string }) => inspect(path));
