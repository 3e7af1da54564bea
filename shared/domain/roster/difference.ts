import type { Person, Roster } from './roster.ts';

/** What one roster version changes in the one before, a sentence each. `keyIdOf` gives the keyid of a public key PEM. */
export function rosterDifference(
  before: Roster,
  after: Roster,
  keyIdOf: (publicKey: string) => string,
): string[] {
  const was = new Map(before.people.map((person) => [person.id, person]));
  const is = new Map(after.people.map((person) => [person.id, person]));
  const short = (publicKey: string) => keyIdOf(publicKey).slice(0, 8);
  const known = new Set(before.revocations.map(({ keyId, at }) => `${keyId} ${at}`));
  return [
    ...after.people
      .filter(({ id }) => !was.has(id))
      .map(({ name, organisation, roles }) => `${name} joins (${organisation}: ${roles.join(', ')})`),
    ...before.people.filter(({ id }) => !is.has(id)).map(({ name }) => `${name} leaves`),
    ...after.people.flatMap((person) => {
      const former = was.get(person.id);
      return former === undefined ? [] : personDifference(former, person, short);
    }),
    ...after.revocations
      .filter(({ keyId, at }) => !known.has(`${keyId} ${at}`))
      .map(({ keyId, reason }) => `Key ${keyId.slice(0, 8)} is revoked: ${reason}`),
    ...(['approver', 'root'] as const)
      .filter((role) => before.thresholds[role] !== after.thresholds[role])
      .map(
        (role) =>
          `The threshold of ${role}s goes from ${before.thresholds[role]} to ${after.thresholds[role]}`,
      ),
  ];
}

function personDifference(before: Person, after: Person, short: (publicKey: string) => string): string[] {
  const { name } = after;
  const had = new Map(before.keys.map((key) => [key.publicKey, key]));
  const has = new Set(after.keys.map(({ publicKey }) => publicKey));
  return [
    ...(before.name === name ? [] : [`${before.name} is now called ${name}`]),
    ...(before.organisation === after.organisation
      ? []
      : [`${name} goes from ${before.organisation} to ${after.organisation}`]),
    ...after.roles.filter((role) => !before.roles.includes(role)).map((role) => `${name} becomes ${role}`),
    ...before.roles
      .filter((role) => !after.roles.includes(role))
      .map((role) => `${name} is no longer ${role}`),
    ...after.keys
      .filter(({ publicKey }) => !had.has(publicKey))
      .map(({ publicKey }) => `${name} has the new key ${short(publicKey)}`),
    ...before.keys
      .filter(({ publicKey }) => !has.has(publicKey))
      .map(({ publicKey }) => `${name} no longer has the key ${short(publicKey)}`),
    ...after.keys
      .filter(({ publicKey, validFrom, validUntil }) => {
        const former = had.get(publicKey);
        return former !== undefined && (former.validFrom !== validFrom || former.validUntil !== validUntil);
      })
      .map(
        ({ publicKey, validFrom, validUntil }) =>
          `Key ${short(publicKey)} of ${name} is now valid from ${validFrom} to ${validUntil}`,
      ),
  ];
}
