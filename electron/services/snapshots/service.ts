import type { ServiceApi } from '../../../shared/contract/index.ts';
import type { SnapshotRow } from '../../../shared/contract/snapshots.ts';
import {
  findSnapshot,
  getSnapshot,
  keepSnapshot,
  listSnapshots,
  type KnownSnapshot,
} from '../../database/workspace/snapshots.ts';
import type { ServiceContext } from '../context.ts';

export function snapshotsService(context: ServiceContext): ServiceApi<'snapshots'> {
  const { workspace, pool, log, snapshotFiles, actor, now, changed } = context;
  const { db } = workspace;
  const row = async ({ info, addedAt }: KnownSnapshot): Promise<SnapshotRow> => {
    return { ...info, addedAt, available: await snapshotFiles.available(info) };
  };
  return {
    list: () => Promise.all(listSnapshots(db).map(row)),
    async add({ path }) {
      const info = await pool.run('inspectSnapshot', { path });
      const at = now();
      db.transaction(() => {
        const known = findSnapshot(db, info.digest);
        if (known?.info.path === info.path) return;
        keepSnapshot(db, { info, addedAt: at });
        const action = known === null ? 'snapshot.add' : 'snapshot.move';
        log.append({
          at,
          actor,
          action,
          subject: info.digest,
          body: { name: info.meta.name, path: info.path },
        });
      }).immediate();
      changed('snapshots', 'audit', 'workspace');
      return row(getSnapshot(db, info.digest));
    },
    async still({ digest, itemId }) {
      const { info } = getSnapshot(db, digest);
      return pool.ask('still', { snapshot: { path: info.path, digest }, itemId });
    },
  };
}
