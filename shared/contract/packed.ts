import type { ErrorValue } from './channel.ts';

/**
 * An envelope on its way between threads and processes: the value as JSON text, which is copied and never taken apart
 * on the way, however large it is. A value with bytes in it (`Still`), or none at all, goes as it is.
 */
export type Packed =
  | { readonly ok: true; readonly json: string }
  | { readonly ok: true; readonly value: unknown }
  | { readonly ok: false; readonly error: ErrorValue };

/** Packs a value of the contract. Bytes may stand directly in it, not deeper. */
export function pack(value: unknown): Packed {
  const parts = typeof value === 'object' && value !== null ? Object.values(value) : [];
  if (value === undefined || parts.some((part) => part instanceof Uint8Array)) return { ok: true, value };
  return { ok: true, json: JSON.stringify(value) };
}
