import { createHash } from 'node:crypto';

const US_SHARE = 0.7;
const STATES = ['US-CA', 'US-FL', 'US-GA', 'US-IL', 'US-NY', 'US-OH', 'US-PA', 'US-TX'] as const;
const COUNTRIES = ['BR', 'DE', 'GB', 'ID', 'JP', 'MX'] as const;

/** The rule in words, for whoever reads the sample. */
export const REGION_RULE =
  'The region of a user is made up: of the SHA-256 of the user id, the first four bytes as a fraction below 0.7 make the user ' +
  'a US user, the fifth byte picks one of eight states, for other users one of six countries.';

/**
 * A made-up region (ISO 3166-1 alpha-2 code, or 3166-2 for a US state) that depends on nothing but the user's id.
 */
export function region(userId: string): string {
  const digest = createHash('sha256').update(userId).digest();
  const places: readonly string[] = digest.readUInt32BE(0) / 2 ** 32 < US_SHARE ? STATES : COUNTRIES;
  return places[digest.readUInt8(4) % places.length] ?? STATES[0];
}

/** The country of a region. */
export const country = (place: string): string => place.slice(0, 2);
export const isUs = (userId: string): boolean => country(region(userId)) === 'US';
