import { StatesideError } from '../../../../shared/domain/error.ts';
import { SnapshotWriter } from '../../../database/snapshot/writer.ts';
import { CATEGORIES, LABELS, writeCaption } from './captions.ts';
import { featureColumns, SIGNALS } from './columns.ts';
import { EXPLORED } from './logging.ts';
import { Random } from './random.ts';
import { RequestMaker } from './request.ts';
import { drawStill } from './still.ts';
import { makeWorld, type World } from './world.ts';

/** How much to make up, and from which seed. */
export interface SynthOptions {
  readonly requests: number;
  /** Candidates of each request. */
  readonly candidates: number;
  readonly seed: number;
  readonly features: number;
  readonly items: number;
  readonly users: number;
  /** So many items, the first ones, have a still. */
  readonly stills: number;
  /** ISO 8601; the requests fall into the fourteen days before. */
  readonly createdAt: string;
  readonly overwrite: boolean;
}

const SURFACE = 'for_you';
const LOGGED_DAYS = 14;
const DAY = 86_400_000;

/** What options are when only the size is said: enough items and users that they repeat, but not in every request. */
export function synthDefaults(requests: number, candidates: number) {
  return {
    features: 16,
    items: Math.max(4 * candidates, Math.min(100_000, Math.ceil((requests * candidates) / 10))),
    users: Math.min(50_000, Math.ceil(requests / 4)),
    stills: 0,
    createdAt: '2026-03-02T00:00:00.000Z',
    overwrite: false,
  };
}

/**
 * Writes a made-up snapshot to `path`. The same options give the same bytes. `onProgress` hears now and then how
 * many requests are written. Throws a usage error for options that cannot be met; then nothing is left behind.
 */
export function synthesise(
  path: string,
  options: SynthOptions,
  onProgress?: (requests: number) => void,
): void {
  refuseImpossible(options);
  const created = Date.parse(options.createdAt);
  const start = created - LOGGED_DAYS * DAY;
  const random = Random.seeded(options.seed);
  const writer = SnapshotWriter.create(path, {
    meta: {
      name: `synthetic-${options.seed}`,
      created_at: new Date(created).toISOString(),
      jurisdiction: 'US',
      source: `Made up by Stateside from seed ${options.seed}: every user, item, caption, label, still and number is invented.`,
      licence: 'CC0-1.0',
      surface: SURFACE,
      generator: describe(options),
    },
    features: featureColumns(options.features),
    signals: SIGNALS,
    idOrder: 'integer',
    overwrite: options.overwrite,
  });
  try {
    const world = makeWorld(random, options.users, options.items, start);
    writeWorld(writer, random, world, options.stills);
    const maker = new RequestMaker(random, world, options.candidates, options.features);
    for (let at = 0; at < options.requests; at++) {
      const userAt = random.below(world.users.length);
      const user = world.users[userAt];
      if (user === undefined) throw new RangeError(`no user ${userAt}`);
      const now = start + Math.floor(((at + random.unit()) / options.requests) * LOGGED_DAYS * DAY);
      writer.addRequest({
        requestId: String(at + 1),
        userId: String(userAt + 1),
        requestedAt: new Date(now).toISOString(),
        surface: SURFACE,
        ...maker.make(user, now),
      });
      if (at % 1000 === 999) onProgress?.(at + 1);
    }
  } catch (error) {
    writer.abandon();
    throw error;
  }
  writer.finish();
}

function writeWorld(writer: SnapshotWriter, random: Random, world: World, stills: number): void {
  world.users.forEach((user, at) =>
    writer.addUser({
      userId: String(at + 1),
      region: user.region,
      attributes: { age_band: user.ageBand, language: user.language, account_days: user.accountDays },
    }),
  );
  world.items.forEach((item, at) => {
    const itemId = String(at + 1);
    const category = CATEGORIES[item.category] ?? CATEGORIES[0];
    const label = item.label === null ? undefined : LABELS[item.label];
    writer.addItem({
      itemId,
      authorId: String(item.author + 1),
      caption: writeCaption(random, category, item.language, label?.name ?? null),
      category: category.name,
      language: item.language,
      durationMs: item.durationMs,
      uploadedAt: new Date(item.uploadedAt).toISOString(),
      attributes: { views: item.views },
    });
    if (label !== undefined) {
      const confidence = Math.round((0.6 + 0.39 * random.unit()) * 1000) / 1000;
      writer.addLabel({ itemId, label: label.name, source: 'synthetic_classifier', confidence });
      if (random.chance(1 / 3)) {
        writer.addLabel({ itemId, label: label.name, source: 'synthetic_reviewer', confidence: 1 });
      }
    }
    if (at < stills) writer.addStill(itemId, 'image/png', drawStill(item.category * 30, random.below(1000)));
  });
}

function describe(options: SynthOptions): string {
  const { requests, candidates, seed, features, items, users, stills, createdAt } = options;
  const labels = LABELS.map(({ name, probability }) => `${name} ${probability}`).join(', ');
  return [
    `stateside snapshot synth --requests ${requests} --candidates ${candidates} --seed ${seed} --features ${features}`,
    ` --items ${items} --users ${users} --stills ${stills} --created-at ${createdAt}.`,
    ` Everything is made up from seed ${seed} with xoshiro128** 1.1.`,
    ` Logging policy: a Plackett–Luce ranking, places drawn without replacement from the softmax of logged_score at`,
    ` temperature 1; one request in ${EXPLORED} has all scores 0 and so is uniform. Propensity: the probability of the`,
    ` draw given the places above. Feedback comes from latent utilities of shown items.`,
    ` Labels by probability of an item: ${labels}.`,
  ].join('');
}

const usage = (sentence: string): StatesideError => new StatesideError('usage', sentence);

function refuseImpossible(options: SynthOptions): void {
  const { requests, candidates, features, items, users, stills } = options;
  for (const [name, value] of Object.entries({ requests, candidates, features, items, users })) {
    if (value < 1) throw usage(`--${name} must be at least 1, not ${value}.`);
  }
  if (items < candidates) {
    throw usage(
      `--items ${items} cannot fill a request of ${candidates} candidates; say at least --items ${candidates}.`,
    );
  }
  if (stills > items)
    throw usage(`--stills ${stills} is more than the ${items} items; say at most --stills ${items}.`);
  if (Number.isNaN(Date.parse(options.createdAt))) {
    throw usage(`--created-at ${options.createdAt} is not a date and time, such as 2026-03-02T00:00:00Z.`);
  }
}
