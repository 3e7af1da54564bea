import { canonicalJson } from '../statements/canonical-json.ts';

/**
 * The first place where two JSON values differ, in the order of the first one's members, with both values; null when
 * they are the same. A place reads `measures[3].candidate`.
 */
export function firstDifference(a: unknown, b: unknown, place = ''): Difference | null {
  if (Array.isArray(a) && Array.isArray(b)) {
    for (let at = 0; at < Math.max(a.length, b.length); at += 1) {
      const found = firstDifference(a[at], b[at], `${place}[${at}]`);
      if (found !== null) return found;
    }
    return null;
  }
  if (isObject(a) && isObject(b)) {
    for (const key of new Set([...Object.keys(a), ...Object.keys(b)])) {
      const found = firstDifference(a[key], b[key], place === '' ? key : `${place}.${key}`);
      if (found !== null) return found;
    }
    return null;
  }
  return text(a) === text(b) ? null : { place, a: text(a), b: text(b) };
}

export interface Difference {
  readonly place: string;
  /** JSON of both values there, "nothing" where one lacks it. */
  readonly a: string;
  readonly b: string;
}

const text = (value: unknown): string => (value === undefined ? 'nothing' : canonicalJson(value));

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
