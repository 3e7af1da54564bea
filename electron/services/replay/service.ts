import type { ServiceApi } from '../../../shared/contract/index.ts';
import { refused } from '../../../shared/domain/error.ts';
import { pageOfRequests } from '../../database/workspace/replay-requests.ts';
import { deleteReplay, getReplay, listReplays } from '../../database/workspace/replays.ts';
import { getSnapshot } from '../../database/workspace/snapshots.ts';
import type { ServiceContext } from '../context.ts';
import { startReplay } from './job.ts';
import { movedItems } from './moved-items.ts';
import { rankerOf, refOf } from './ranker.ts';

export function replayService(context: ServiceContext): ServiceApi<'replay'> {
  const { workspace, pool, log, bundles, snapshotFiles, actor, now, changed } = context;
  const { db } = workspace;
  const side = async (digest: string) => {
    const bundle = await bundles.get(digest);
    return { ranker: rankerOf(bundle), ref: refOf(bundle) };
  };
  return {
    list: async () => listReplays(db),
    get: async ({ id }) => getReplay(db, id),
    start: async (input) => startReplay(context, input),
    requests: async (query) => pageOfRequests(db, query),
    async feed({ snapshot: digest, baseline, candidate, requestId }) {
      const { info } = getSnapshot(db, digest);
      await snapshotFiles.require(info);
      const snapshot = { path: info.path, digest, name: info.meta.name };
      return pool.ask('feed', {
        snapshot,
        baseline: await side(baseline),
        candidate: await side(candidate),
        requestId,
      });
    },
    async attribution({ snapshot: digest, baseline, candidate, requestId, topK }) {
      const { info } = getSnapshot(db, digest);
      await snapshotFiles.require(info);
      return pool.ask('attribute', {
        snapshot: { path: info.path, digest },
        baseline: await side(baseline),
        candidate: await side(candidate),
        requestId,
        topK,
      });
    },
    async attributes({ snapshot: digest }) {
      const { info } = getSnapshot(db, digest);
      await snapshotFiles.require(info);
      return pool.ask('attributes', { snapshot: { path: info.path, digest } });
    },
    async movedItems({ id }) {
      getReplay(db, id);
      return movedItems(db, id);
    },
    async remove({ id }) {
      db.transaction(() => {
        const { state, reportDigest } = getReplay(db, id);
        if (state === 'running') throw refused(`Replay ${id} is running; cancel it first.`);
        deleteReplay(db, id);
        log.append({ at: now(), actor, action: 'replay.remove', subject: id, body: { reportDigest } });
      }).immediate();
      changed('replay', 'signoff', 'workspace', 'audit');
    },
  };
}
