import { stat } from 'node:fs/promises';
import { badInput } from '../../../shared/domain/error.ts';
import type { SnapshotInfo } from '../../../shared/domain/snapshot/meta.ts';
import { digestFile } from '../../database/digest-file.ts';

/** Knows whether snapshot files still have the bytes they had when they were added; hashes a file once while it rests. */
export class SnapshotFiles {
  readonly #digests = new Map<string, { readonly fingerprint: string; readonly digest: Promise<string> }>();

  /** False when the file has moved, cannot be read or has other bytes. */
  async available({ path, bytes, digest }: SnapshotInfo): Promise<boolean> {
    try {
      const { size, mtimeMs, ino } = await stat(path);
      if (size !== bytes) return false;
      const fingerprint = `${size} ${mtimeMs} ${ino}`;
      const known = this.#digests.get(path);
      const current = known?.fingerprint === fingerprint ? known : { fingerprint, digest: digestFile(path) };
      this.#digests.set(path, current);
      return (await current.digest) === digest;
    } catch {
      return false;
    }
  }

  /** Refuses a file that is no longer the snapshot that was added. */
  async require(info: SnapshotInfo): Promise<void> {
    if (await this.available(info)) return;
    throw badInput(
      `${info.path} is missing or no longer has the bytes of the snapshot ${info.meta.name}; put the file back or add it from where it lies now.`,
    );
  }
}
