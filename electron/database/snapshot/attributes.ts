import type { Attributes } from '../../../shared/domain/ranking/request.ts';

const NONE: Attributes = Object.freeze({});

/** Parses an attributes column: one JSON object of text, numbers, booleans and nulls. null when it is anything else. */
export function parseAttributes(json: string): Attributes | null {
  if (json === '{}') return NONE;
  let value: unknown;
  try {
    value = JSON.parse(json);
  } catch {
    return null;
  }
  return isAttributes(value) ? value : null;
}

function isAttributes(value: unknown): value is Attributes {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return false;
  return Object.values(value).every((entry) => entry === null || typeof entry !== 'object');
}
