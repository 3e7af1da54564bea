import { badInput, StatesideError } from '../../../shared/domain/error.ts';
import { chainBrokenBecause, type RosterVersion } from '../../../shared/domain/roster/chain.ts';
import { keyring, type RosterKey } from '../../../shared/domain/roster/keyring.ts';
import { Roster, ROSTER_PAYLOAD } from '../../../shared/domain/roster/roster.ts';
import { DsseEnvelope } from '../../../shared/domain/statements/dsse.ts';
import { sha256Hex } from './digest.ts';
import { readAs, readStrictJson } from './document.ts';
import { keyIdOf } from './ed25519.ts';
import { readPayload, signerOf } from './envelope.ts';

/** A checked roster: its versions in order, and the newest one with its keys. */
export interface RosterChain {
  readonly versions: readonly RosterVersion[];
  readonly roster: Roster;
  readonly digest: string;
  readonly keys: readonly RosterKey[];
}

export interface RosterText {
  readonly name: string;
  readonly text: string;
}

/**
 * Reads roster versions (DSSE JSON), in any order, and checks that they are a chain: every signature, every step.
 * The first is taken on the word of whoever gives it, or compared with `pin`, the SHA-256 of its payload.
 * Throws bad_input for what is no roster, failed_check for one that is not properly signed.
 */
export function readRosterChain(texts: readonly RosterText[], pin: string | null = null): RosterChain {
  const versions = readRosterVersions(texts);
  const broken = chainBrokenBecause(versions, keyIdOf, pin);
  const last = versions.at(-1);
  if (broken !== null || last === undefined) {
    const names = texts.map(({ name }) => name).join(', ');
    throw new StatesideError(
      'failed_check',
      `${names}: ${broken ?? 'no roster'}; get it from the roots again`,
    );
  }
  return { versions, roster: last.roster, digest: last.digest, keys: keyring(last.roster, keyIdOf) };
}

/** Roster versions in order with whoever signed them, whether or not they are a chain. */
export function readRosterVersions(
  texts: readonly RosterText[],
): (RosterVersion & { readonly name: string })[] {
  const read = texts.map(readVersion).toSorted((a, b) => a.roster.version - b.roster.version);
  return read.map(({ name, roster, digest, envelope }, index) => {
    const keys = keyring(roster, keyIdOf);
    const before = read[index - 1];
    const candidates = before === undefined ? keys : [...keys, ...keyring(before.roster, keyIdOf)];
    const signers = envelope.signatures.flatMap(
      (signature) => signerOf(envelope, signature, candidates)?.publicKey ?? [],
    );
    return { name, roster, digest, signers };
  });
}

/** The roster a statement was frozen under, with what later versions revoked; null when the chain does not hold it. */
export function rosterInForce(
  chain: RosterChain,
  named: { readonly version: number; readonly digest: string },
): Pick<RosterChain, 'roster' | 'keys'> | null {
  const index = chain.versions.findIndex(({ digest }) => digest === named.digest);
  const found = chain.versions[index];
  if (found?.roster.version !== named.version) return null;
  const later = chain.versions.slice(index + 1).flatMap(({ roster }) => roster.revocations);
  return { roster: found.roster, keys: keyring(found.roster, keyIdOf, later) };
}

/** The roster that was in force at a moment (the first one before it), with what later versions revoked. */
export function rosterAt(chain: RosterChain, at: string): Pick<RosterChain, 'roster' | 'keys'> {
  const version =
    chain.versions.findLast(({ roster }) => Date.parse(roster.issuedAt) <= Date.parse(at)) ??
    chain.versions[0];
  const found =
    version === undefined
      ? null
      : rosterInForce(chain, { version: version.roster.version, digest: version.digest });
  return found ?? chain;
}

function readVersion({ name, text }: RosterText) {
  const envelope = readAs(name, 'DSSE envelope', DsseEnvelope, readStrictJson(name, text));
  if (envelope.payloadType !== ROSTER_PAYLOAD) {
    throw badInput(
      `${name} has the payload type ${envelope.payloadType}, not ${ROSTER_PAYLOAD}; give a roster`,
    );
  }
  const payload = readPayload(envelope);
  if ('problem' in payload)
    throw badInput(`${name} is damaged: ${payload.problem}; get it from the roots again`);
  return {
    name,
    roster: readAs(name, 'roster this Stateside knows', Roster, payload.value),
    digest: sha256Hex(payload.text),
    envelope,
  };
}
