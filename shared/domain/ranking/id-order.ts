import type { IdOrder } from './request.ts';

/** How two item ids stand to each other: negative when `a` comes first. */
export type IdCompare = (a: string, b: string) => number;

export function idComparison(order: IdOrder): IdCompare {
  return order === 'integer' ? compareIntegers : compareCodePoints;
}

/** Compares decimal integers of any size written as SQLite prints them (`-12`, `0`, `7`: no sign +, no leading 0). */
export function compareIntegers(a: string, b: string): number {
  const negative = a.startsWith('-');
  if (negative !== b.startsWith('-')) return negative ? -1 : 1;
  const magnitude = a.length - b.length || compareCodePoints(a, b);
  return negative ? 0 - magnitude : magnitude;
}

/** Compares text by Unicode code point, which is the byte order of its UTF-8 form. */
export function compareCodePoints(a: string, b: string): number {
  const length = Math.min(a.length, b.length);
  for (let at = 0; at < length; at += 1) {
    const x = a.charCodeAt(at);
    const y = b.charCodeAt(at);
    if (x !== y) return codePointRank(x) - codePointRank(y);
  }
  return a.length - b.length;
}

/** Surrogates stand for code points above every other UTF-16 unit. */
function codePointRank(unit: number): number {
  return unit >= 0xd800 && unit <= 0xdfff ? unit + 0x10000 : unit;
}
