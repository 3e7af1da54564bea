import type { Database } from 'better-sqlite3';
import { z } from 'zod';
import type { ReleaseRow } from '../../../shared/contract/releases.ts';
import type { SignerRow } from '../../../shared/contract/signoff.ts';
import type { workspace } from '../../../shared/contract/workspace.ts';
import { listReplays } from '../../database/workspace/replays.ts';
import { listSnapshots } from '../../database/workspace/snapshots.ts';

type Found = z.infer<typeof workspace.find.output>;

const OF_EACH_KIND = 6;
const Requests = z.array(z.object({ replay_id: z.string(), request_id: z.string(), user_id: z.string() }));

/** What the command palette offers for a text: every kind of thing whose title or detail holds it, whatever the case. */
export function find(
  db: Database,
  releases: readonly ReleaseRow[],
  people: readonly SignerRow[],
  text: string,
): Found {
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
  const newest = wanted === '' ? undefined : replays.find(({ state }) => state === 'done');
  return [
    ...kinds.flatMap((rows) => rows.filter(matches).slice(0, OF_EACH_KIND)),
    ...(newest === undefined ? [] : requestsOf(db, newest.id, text.trim())),
  ];
}

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
