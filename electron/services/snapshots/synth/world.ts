import { CATEGORIES, LABELS, type Language } from './captions.ts';
import type { Random } from './random.ts';

/** US regions by ISO 3166-2 code, drawn about as often as people live there. */
const REGIONS = [
  ['US-CA', 39],
  ['US-TX', 31],
  ['US-FL', 23],
  ['US-NY', 20],
  ['US-PA', 13],
  ['US-IL', 12],
  ['US-OH', 12],
  ['US-GA', 11],
  ['US-WA', 8],
  ['US-AZ', 8],
  ['US-CO', 6],
  ['US-MN', 6],
] as const;

const AGE_BANDS = [
  ['13-17', 12],
  ['18-24', 30],
  ['25-34', 30],
  ['35-49', 19],
  ['50+', 9],
] as const;

const FOLLOWED = 16;
const DAY = 86_400_000;
/** Items were uploaded within so many days before the first request. */
const UPLOAD_DAYS = 60;

/** A made-up user; everything but the region and the attributes is latent. */
export interface SynthUser {
  readonly region: string;
  readonly ageBand: string;
  readonly accountDays: number;
  readonly language: Language;
  readonly activity: number;
  /** How much the user cares for each category; the mean over users is about 0.4. */
  readonly taste: Float32Array;
  readonly favourites: readonly [number, number, number];
  readonly follows: ReadonlySet<number>;
  readonly followList: Uint32Array;
}

/** A made-up item. `quality` and `appeal` are latent and standard normal; a model sees their estimates. */
export interface SynthItem {
  readonly author: number;
  readonly category: number;
  readonly language: Language | null;
  readonly durationMs: number;
  readonly uploadedAt: number;
  readonly views: number;
  readonly quality: number;
  /** How hard it is to look away; items with a policy label have more of it. */
  readonly appeal: number;
  readonly qualityEstimate: number;
  readonly appealEstimate: number;
  /** Place in LABELS, or null. */
  readonly label: number | null;
}

/** Everything that exists before the first request. Items are found by author and by category. */
export interface World {
  readonly users: readonly SynthUser[];
  readonly items: readonly SynthItem[];
  readonly byAuthor: readonly (readonly number[])[];
  readonly byCategory: readonly (readonly number[])[];
}

/** Makes `users` users and `items` items, uploaded before `before` (milliseconds since 1970). */
export function makeWorld(random: Random, users: number, items: number, before: number): World {
  const authors = Math.max(1, Math.ceil(items / 8));
  const made = Array.from({ length: items }, () => makeItem(random, authors, before));
  const byAuthor = Array.from({ length: authors }, (): number[] => []);
  const byCategory = CATEGORIES.map((): number[] => []);
  made.forEach((item, at) => {
    byAuthor[item.author]?.push(at);
    byCategory[item.category]?.push(at);
  });
  return {
    users: Array.from({ length: users }, () => makeUser(random, authors)),
    items: made,
    byAuthor,
    byCategory,
  };
}

function makeUser(random: Random, authors: number): SynthUser {
  const taste = Float32Array.from(CATEGORIES, () => random.normal() * 0.5);
  const favourites = [0, 0, 0].map(() => random.below(CATEGORIES.length));
  const [first = 0, second = 0, third = 0] = favourites;
  for (const category of favourites) taste[category] = (taste[category] ?? 0) + 1.5;
  const followList = Uint32Array.from({ length: FOLLOWED }, () => random.below(authors));
  return {
    region: drawn(random, REGIONS),
    ageBand: drawn(random, AGE_BANDS),
    accountDays: random.below(1500),
    language: random.chance(0.18) ? 'es' : 'en',
    activity: Math.exp(random.normal() * 0.7 + 3),
    taste,
    favourites: [first, second, third],
    follows: new Set(followList),
    followList,
  };
}

function makeItem(random: Random, authors: number, before: number): SynthItem {
  const label = makeLabel(random);
  const quality = random.normal();
  const appeal = random.normal() + (label === null ? 0 : 1.5);
  const spoken = random.unit();
  return {
    // The square favours low author numbers: few authors make much, most make little.
    author: Math.floor(random.unit() ** 2 * authors),
    category: random.below(CATEGORIES.length),
    language: spoken < 0.8 ? 'en' : spoken < 0.97 ? 'es' : null,
    durationMs: Math.round(Math.exp(random.normal() * 0.6 + 3.2) * 1000),
    uploadedAt: before - Math.floor(random.unit() * UPLOAD_DAYS * DAY) - 1,
    views: Math.round(Math.exp(random.normal() * 1.5 + 0.5 * (quality + appeal) + 7)),
    quality,
    appeal,
    qualityEstimate: quality + 0.5 * random.normal(),
    appealEstimate: appeal + 0.4 * random.normal(),
    label,
  };
}

function makeLabel(random: Random): number | null {
  let left = random.unit();
  const at = LABELS.findIndex(({ probability }) => (left -= probability) < 0);
  return at < 0 ? null : at;
}

function drawn(random: Random, shares: readonly (readonly [string, number])[]): string {
  return shares[random.weighted(shares.map(([, share]) => share))]?.[0] ?? '';
}
