import type { ServiceApi } from '../../../shared/contract/index.ts';
import { refused } from '../../../shared/domain/error.ts';
import { pageOfRequests } from '../../database/workspace/replay-requests.ts';
import { deleteReplay, getReplay, listReplays } from '../../database/workspace/replays.ts';
import { getSnapshot } from '../../database/workspace/snapshots.ts';
import type { ServiceContext } from '../context.ts';
import { dropJournal } from './ending.ts';
import { resumeReplay, startReplay } from './line.ts';
import { estimateReplay } from './estimate.ts';
import { movedItems } from './moved-items.ts';
import { requireMixable } from './attribute.ts';
import { contestantNamed, rankersOf } from './contestants.ts';
import type { Contestant } from './ranker.ts';

export function replayService(context: ServiceContext): ServiceApi<'replay'> {
  const { workspace, pool, log, snapshotFiles, actor, now, changed } = context;
  const { db } = workspace;
  const side = (digest: string, on: string) => contestantNamed(context, digest, on, { fresh: false });
  const shown = ({ ranker, ref }: Contestant) => ({ ranker, ref });
  return {
    list: async () => listReplays(db),
    get: async ({ id }) => getReplay(db, id),
    start: async (input) => startReplay(context, input),
    resume: async ({ id }) => resumeReplay(context, id),
    estimate: (input) => estimateReplay(context, input),
    requests: async (query) => pageOfRequests(db, query),
    async feed({ snapshot: digest, baseline, candidate, requestId }) {
      const { info } = getSnapshot(db, digest);
      await snapshotFiles.require(info);
      const snapshot = { path: info.path, digest, name: info.meta.name };
      return pool.ask('feed', {
        snapshot,
        baseline: shown(await side(baseline, digest)),
        candidate: shown(await side(candidate, digest)),
        requestId,
      });
    },
    async attribution({ snapshot: digest, baseline, candidate, requestId, topK }) {
      const { info } = getSnapshot(db, digest);
      await snapshotFiles.require(info);
      const [before, after] = [await side(baseline, digest), await side(candidate, digest)];
      const snapshot = { path: info.path, digest };
      return pool.ask('attribute', { snapshot, ...requireMixable(before, after), requestId, topK });
    },
    rankers: async ({ snapshot }) => rankersOf(db, snapshot),
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
        if (state === 'running' || state === 'queued')
          throw refused(`Replay ${id} is ${state}; cancel it first.`);
        deleteReplay(db, id);
        log.append({ at: now(), actor, action: 'replay.remove', subject: id, body: { reportDigest } });
      }).immediate();
      dropJournal(workspace.folder, id);
      changed('replay', 'signoff', 'workspace', 'audit');
    },
  };
}
