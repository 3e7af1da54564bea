import type { Database } from 'better-sqlite3';
import { z } from 'zod';
import type { FoundItem } from '../../../shared/domain/snapshot/found-item.ts';
import type { ReleaseRow } from '../../../shared/contract/releases.ts';
import type { SignerRow } from '../../../shared/contract/signoff.ts';
import type { workspace } from '../../../shared/contract/workspace.ts';
import { listReplays } from '../../database/workspace/replays.ts';
import { getSnapshot, listSnapshots } from '../../database/workspace/snapshots.ts';
import type { ServiceContext } from '../context.ts';

type Found = z.infer<typeof workspace.find.output>;

const OF_EACH_KIND = 6;
const Requests = z.array(z.object({ replay_id: z.string(), request_id: z.string(), user_id: z.string() }));

/** What the command palette offers for a text: every kind of thing whose title or detail holds it, whatever the case. */
export async function find(
  { workspace: { db }, pool, snapshotFiles }: Pick<ServiceContext, 'workspace' | 'pool' | 'snapshotFiles'>,
  releases: readonly ReleaseRow[],
  people: readonly SignerRow[],
  text: string,
): Promise<Found> {
  const wanted = text.trim().toLowerCase();
  const matches = ({ title, detail }: Found[number]): boolean =>
    `${title}\n${detail}`.toLowerCase().includes(wanted);
  const replays = listReplays(db);
  const kinds: Found[] = [
    releases.map(({ digest, manifest: { name, version, team }, state }) => {
      return {
        kind: 'release',
        title: `${name} ${version}`,
        detail: `${team}, ${state}`,
        route: `/releases/${digest}`,
      };
    }),
    replays.map(({ id, baseline, candidate, snapshot, state }) => {
      const title = `Replay of ${candidate.name} ${candidate.version}`;
      const detail = `against ${baseline.name} ${baseline.version} on ${snapshot.name}, ${state}`;
      return { kind: 'replay', title, detail, route: `/replay/${id}` };
    }),
    listSnapshots(db).map(({ info: { meta, counts } }) => {
      return { kind: 'snapshot', title: meta.name, detail: `${counts.requests} requests`, route: '/replay' };
    }),
    people.map(({ person, organisation, roles }) => {
      return {
        kind: 'person',
        title: person,
        detail: `${organisation}, ${roles.join(', ')}`,
        route: '/signoff',
      };
    }),
  ];
  const named = kinds.flatMap((rows) => rows.filter(matches).slice(0, OF_EACH_KIND));
  const newest = wanted === '' ? undefined : replays.find(({ state }) => state === 'done');
  if (newest === undefined) return named;
  const { info } = getSnapshot(db, newest.snapshot.digest);
  const items = (await snapshotFiles.available(info))
    ? await pool.ask('findItems', { snapshot: info, text: text.trim(), limit: OF_EACH_KIND })
    : [];
  return [...named, ...requestsOf(db, newest.id, text.trim()), ...items.map(itemOf(newest.id))];
}

/** An item leads to a feed of the replay it was a candidate for, else to what was decided about it. */
const itemOf =
  (replayId: string) =>
  ({ itemId, caption, requestId }: FoundItem): Found[number] => {
    const id = encodeURIComponent(itemId);
    const route =
      requestId === null
        ? `/review/history?item=${id}`
        : `/replay/${replayId}/request/${encodeURIComponent(requestId)}?item=${id}`;
    const detail = requestId === null ? 'in no feed near the first' : `in request ${requestId}`;
    return {
      kind: 'item',
      title: caption === '' ? `Item ${itemId}` : caption,
      detail: `item ${itemId}, ${detail}`,
      route,
    };
  };

function requestsOf(db: Database, replayId: string, text: string): Found {
  const rows = db
    .prepare(
      `SELECT replay_id, CAST(request_id AS TEXT) AS request_id, user_id
       FROM replay_request INDEXED BY replay_request_found
       WHERE replay_id = ? AND (instr(request_id, ?) OR instr(user_id, ?)) LIMIT ?`,
    )
    .all(replayId, text, text, OF_EACH_KIND);
  return Requests.parse(rows).map(({ replay_id, request_id, user_id }) => {
    const route = `/replay/${replay_id}/request/${encodeURIComponent(request_id)}`;
    return { kind: 'request', title: `Request ${request_id}`, detail: `user ${user_id}`, route };
  });
}
