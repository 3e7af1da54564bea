import { SnapshotWriter, type NewLabel } from '../../../electron/database/snapshot/writer.ts';
import { CITATION, LICENCE } from './source.ts';
import { FEATURES, type Example } from './features.ts';
import type { Feed } from './feeds.ts';
import { region, REGION_RULE } from './region.ts';
import { SIGNALS, signalValues } from './signals.ts';
import { PERIODS } from './split.ts';
import type { User } from './users.ts';

const SURFACE = 'for_you';

interface SnapshotParts {
  readonly name: string;
  readonly createdAt: string;
  readonly feeds: readonly Feed[];
  readonly users: ReadonlyMap<string, User>;
  readonly labels: readonly NewLabel[];
}

/** Writes the feeds as a snapshot at `path` (over an older one), with the users, the videos and the labels they name. */
export function writeSnapshot(path: string, { name, createdAt, feeds, users, labels }: SnapshotParts): void {
  const writer = SnapshotWriter.create(path, {
    meta: {
      name,
      created_at: createdAt,
      jurisdiction: 'US',
      source:
        `${CITATION} Real: who was shown which video when, how long it lasts, and what the user did. ` +
        `Made up: that these users are in the US. ${REGION_RULE} Not in the log, so left empty: authors, categories, captions ` +
        '(here "Video" and its number), and who follows whom (every candidate counts as out of network).',
      licence: LICENCE,
      surface: SURFACE,
      generator:
        `npm run sample: the days of US users from ${PERIODS.heldOut} on with five or more different videos; a video shown ` +
        'several times a day counts once, at its first place, with all that was done with it that day.',
    },
    features: FEATURES,
    signals: SIGNALS,
    idOrder: 'integer',
    requestIdOrder: 'text',
    overwrite: true,
  });
  try {
    const examples = feeds.flatMap(({ candidates }) => candidates);
    for (const userId of sortedIds(feeds.map((feed) => feed.userId))) addUser(writer, userId, users);
    const items = new Map(examples.map(({ exposure }) => [exposure.videoId, exposure.durationMs]));
    for (const itemId of sortedIds(items.keys())) addItem(writer, itemId, items.get(itemId) ?? 0);
    for (const label of labels.filter(({ itemId }) => items.has(itemId))) writer.addLabel(label);
    for (const feed of feeds) addRequest(writer, feed);
    writer.finish();
  } catch (error) {
    writer.abandon();
    throw error;
  }
}

const sortedIds = (ids: Iterable<string>): string[] =>
  [...new Set(ids)].toSorted((a, b) => Number(a) - Number(b));

function addUser(writer: SnapshotWriter, userId: string, users: ReadonlyMap<string, User>): void {
  const user = users.get(userId);
  if (user === undefined) throw new Error(`User ${userId} is not in the user table.`);
  const { activity, registerDays, followers, follows } = user;
  writer.addUser({
    userId,
    region: region(userId),
    attributes: { activity, register_days: registerDays, followers, follows },
  });
}

function addItem(writer: SnapshotWriter, itemId: string, durationMs: number): void {
  writer.addItem({
    itemId,
    authorId: null,
    caption: `Video ${itemId}`,
    category: null,
    language: null,
    durationMs,
    uploadedAt: null,
    attributes: {},
  });
}

function addRequest(writer: SnapshotWriter, { requestId, userId, requestedMs, candidates }: Feed): void {
  writer.addRequest({
    requestId,
    userId,
    requestedAt: new Date(requestedMs).toISOString(),
    surface: SURFACE,
    candidates: candidates.map(({ exposure }, at) => ({
      itemId: exposure.videoId,
      inNetwork: 0,
      loggedPosition: at + 1,
      loggedScore: null,
      propensity: null,
    })),
    features: join(candidates.map((example: Example) => example.features)),
    feedback: join(candidates.map(({ exposure }) => signalValues(exposure.outcome))),
  });
}

const join = (rows: readonly ArrayLike<number>[]): Float32Array =>
  Float32Array.from(rows.flatMap((row) => Array.from(row)));
