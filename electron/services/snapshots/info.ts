import type { SnapshotInfo } from '../../../shared/domain/snapshot/meta.ts';
import { digestFile } from '../../database/digest-file.ts';
import { openSnapshot } from '../../database/snapshot/open.ts';

/** What the snapshot at `path` is, with the digest that names it. Reads the whole file once. */
export async function snapshotInfo(path: string): Promise<SnapshotInfo> {
  const snapshot = openSnapshot(path);
  try {
    return { digest: await digestFile(path), ...snapshot.info };
  } finally {
    snapshot.close();
  }
}
