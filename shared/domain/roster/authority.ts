import { unusableBecause, type RosterKey } from './keyring.ts';
import type { Person, Role } from './roster.ts';

/**
 * Why a person could not act for US users in any of these roles, or null when they could. The organisation decides
 * before the role: no role makes up for another organisation.
 */
export function hasNoPartBecause(
  { name, organisation, roles }: Person,
  wanted: readonly Role[],
): string | null {
  if (organisation !== 'us') {
    return `${name} belongs to the ${organisation} organisation, whose signatures never count for a US release`;
  }
  if (wanted.some((role) => roles.includes(role))) return null;
  return wanted.length === 1
    ? `${name} is not ${article(wanted[0] ?? '')}`
    : `${name} is none of ${wanted.join(', ')}`;
}

/** Why a key could not act for US users in one of these roles at a moment, or null when it could. */
export const mayNotActBecause = (key: RosterKey, roles: readonly Role[], at: string): string | null =>
  hasNoPartBecause(key.person, roles) ?? unusableBecause(key, at);

const article = (role: string): string => `${/^[aeiou]/.test(role) ? 'an' : 'a'} ${role}`;
