import type { IdOrder } from '../../../shared/domain/ranking/request.ts';

const INTEGER = /^(?:0|-?[1-9]\d{0,18})$/;
const LEAST = -(2n ** 63n);
const GREATEST = 2n ** 63n - 1n;

/** An id as SQLite stores it, of whichever type. */
export type StoredId = string | number | bigint;

/** Ids as one JSON array that SQLite compares as they are stored; those that no integer spells are left out. */
export function jsonIds(ids: readonly string[], order: IdOrder): string {
  if (order === 'text') return JSON.stringify(ids);
  return `[${ids.filter((id) => storedId(id, 'integer') !== null).join(',')}]`;
}

/**
 * An id as SQLite stores it: text, or an integer of up to 64 bits.
 * null when integers are stored and `id` does not spell one in its only form (no sign, space or leading zero).
 */
export function storedId(id: string, order: IdOrder): StoredId | null {
  if (order === 'text') return id;
  if (!INTEGER.test(id)) return null;
  const number = Number(id);
  if (Number.isSafeInteger(number)) return number;
  const integer = BigInt(id);
  return integer < LEAST || integer > GREATEST ? null : integer;
}
