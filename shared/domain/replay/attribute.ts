import { z } from 'zod';
import type { Candidate, RankedUser } from '../ranking/request.ts';

/** What a slice or a stratified draw can ask of a request: who asked, and what for. */
export interface AskedRequest {
  readonly user: RankedUser;
  readonly surface: string;
  /** ISO 8601. */
  readonly requestedAt: string;
}

type Value = string | number | boolean | null | undefined;

/** Of a whole request, or of one of its candidates. */
type Reader =
  | { readonly of: 'request'; read(request: AskedRequest): Value }
  | { readonly of: 'item'; read(candidate: Candidate, request: AskedRequest): Value };

/** Milliseconds. */
export const DAY = 86_400_000;
const AGES = [
  [1, 'under a day'],
  [7, 'a day to a week'],
  [30, 'a week to a month'],
  [365, 'a month to a year'],
] as const;

const OLDEST = 'over a year';
/** Ages of items, the youngest first. */
export const AGE_GROUPS: readonly string[] = [...AGES.map(([, name]) => name), OLDEST];
/** Where the groups but the last end. */
const MOST_DAYS = Float64Array.from(AGES, ([most]) => most);

const FIXED: ReadonlyMap<string, Reader> = new Map<string, Reader>([
  ['user.region', { of: 'request', read: ({ user }) => user.region }],
  ['request.surface', { of: 'request', read: ({ surface }) => surface }],
  ['request.date', { of: 'request', read: ({ requestedAt }) => requestedAt.slice(0, 10) }],
  ['request.hour', { of: 'request', read: ({ requestedAt }) => requestedAt.slice(11, 13) }],
  ['item.category', { of: 'item', read: ({ item }) => item.category }],
  ['item.language', { of: 'item', read: ({ item }) => item.language }],
  ['item.author_id', { of: 'item', read: ({ item }) => item.authorId }],
  ['item.age', { of: 'item', read: ({ item }, { requestedAt }) => ageOf(item.uploadedAt, requestedAt) }],
  [
    'candidate.in_network',
    { of: 'item', read: ({ inNetwork }) => (inNetwork === 1 ? 'in network' : 'out of network') },
  ],
]);

const USER = 'user.attributes.';
const ITEM = 'item.attributes.';

function readerOf(name: string): Reader | null {
  if (name.startsWith(USER) && name.length > USER.length) {
    const key = name.slice(USER.length);
    return { of: 'request', read: ({ user }) => own(user.attributes, key) };
  }
  if (name.startsWith(ITEM) && name.length > ITEM.length) {
    const key = name.slice(ITEM.length);
    return { of: 'item', read: ({ item }) => own(item.attributes, key) };
  }
  return FIXED.get(name) ?? null;
}

/** Names that every snapshot knows; further ones are `user.attributes.<name>` and `item.attributes.<name>`. */
export const FIXED_ATTRIBUTES: readonly string[] = [...FIXED.keys()];

/** The name of an attribute that requests, or the items of a request, can be told apart by. */
export const Attribute = z.string().refine((name) => readerOf(name) !== null, {
  error: (issue) =>
    `is ${JSON.stringify(issue.input)}, which is no attribute; use ${FIXED_ATTRIBUTES.join(', ')}, ${USER}<name> or ${ITEM}<name>`,
});

/** Whether an attribute tells requests apart, or the items within a request. Throws on a name that is none. */
export function attributeOf(name: string): Reader {
  const reader = readerOf(name);
  if (reader === null) throw new RangeError(`no attribute ${name}`);
  return reader;
}

/** Where nothing is known. */
export const UNKNOWN = 'unknown';

/**
 * A value as the name of a group. Numbers are grouped by order of magnitude ("100 to 999"), because hardly any two
 * are the same.
 */
export function groupOf(value: Value): string {
  if (value === null || value === undefined || value === '') return UNKNOWN;
  return typeof value === 'number' ? magnitudeOf(value) : String(value);
}

function magnitudeOf(value: number): string {
  if (!Number.isFinite(value)) return UNKNOWN;
  if (value < 0) return 'below 0';
  if (value < 1) return value === 0 ? '0' : 'between 0 and 1';
  let from = 1;
  while (value >= from * 10) from *= 10;
  return `${from} to ${from * 10 - 1}`;
}

function ageOf(uploadedAt: string | null, requestedAt: string): string | null {
  if (uploadedAt === null) return null;
  return ageGroup((Date.parse(requestedAt) - Date.parse(uploadedAt)) / DAY);
}

/** An age in days as the name of a group; null where it is no number. */
export function ageGroup(days: number): string | null {
  return AGE_GROUPS[ageRank(days)] ?? null;
}

/** The place of an age in days among `AGE_GROUPS`; −1 where it is no number. */
export function ageRank(days: number): number {
  if (Number.isNaN(days)) return -1;
  let rank = 0;
  for (let at = 0; at < MOST_DAYS.length; at += 1) rank += days >= (MOST_DAYS[at] ?? 0) ? 1 : 0;
  return rank;
}

/** Not what every object inherits. */
function own(attributes: Readonly<Record<string, Value>>, name: string): Value {
  return Object.hasOwn(attributes, name) ? attributes[name] : undefined;
}
