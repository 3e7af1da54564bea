import { z } from 'zod';
import { SnapshotInfo } from '../domain/snapshot/meta.ts';
import { channel, Nothing } from './channel.ts';

export const SnapshotRow = SnapshotInfo.extend({
  addedAt: z.string(),
  /** False when the file has moved, is unreadable or has other bytes than when it was added. */
  available: z.boolean(),
});
export type SnapshotRow = z.infer<typeof SnapshotRow>;

export const Still = z.object({ mime: z.string(), bytes: z.instanceof(Uint8Array) });

export const snapshots = {
  list: channel(Nothing, z.array(SnapshotRow)),
  /** Checks the file and adds it to the workspace by its path and digest; nothing is copied. */
  add: channel(z.object({ path: z.string() }), SnapshotRow),
  still: channel(z.object({ digest: z.string(), itemId: z.string() }), Still.nullable()),
};
