import type { Database } from 'better-sqlite3';
import { TRANSITIONS } from '../../../shared/domain/release/lifecycle.ts';
import { mayNotActBecause } from '../../../shared/domain/roster/authority.ts';
import { ActionStatement, type ActionPredicate } from '../../../shared/domain/statements/action-statement.ts';
import { IN_TOTO_PAYLOAD, type DsseEnvelope } from '../../../shared/domain/statements/dsse.ts';
import { canonicalDigest } from './digest.ts';
import { readPayload, signerOf } from './envelope.ts';
import { rosterAt, type RosterChain } from './roster-chain.ts';
import { actionsOf } from './tables.ts';

export interface ReadAction {
  readonly envelope: DsseEnvelope;
  /** Null where the envelope holds no action. */
  readonly predicate: ActionPredicate | null;
  /** Null when its signatures hold. */
  readonly unprovenBecause: string | null;
}

/** Every signed action of a release in order, each verified with the roster of its day. */
export function provenActions(db: Database, release: string, chain: RosterChain): ReadAction[] {
  let after: string | null = null;
  return actionsOf(db, release).map(({ envelope }) => {
    const read = readAction(envelope, release, after, chain);
    after = canonicalDigest(envelope);
    return read;
  });
}

function readAction(
  envelope: DsseEnvelope,
  release: string,
  after: string | null,
  chain: RosterChain,
): ReadAction {
  const payload = envelope.payloadType === IN_TOTO_PAYLOAD ? readPayload(envelope) : null;
  const statement = ActionStatement.safeParse(payload !== null && 'value' in payload ? payload.value : null);
  if (!statement.success)
    return { envelope, predicate: null, unprovenBecause: 'the envelope holds no action' };
  const { predicate, subject } = statement.data;
  const unprovenBecause =
    subject.length !== 1 || subject[0]?.digest.sha256 !== release || predicate.release.digest !== release
      ? 'it is about another release'
      : predicate.after !== after
        ? 'it was signed to stand after another action'
        : unsignedBecause(envelope, predicate, chain);
  return { envelope, predicate, unprovenBecause };
}

function unsignedBecause(
  envelope: DsseEnvelope,
  { action, from, to, people, at, release }: ActionPredicate,
  chain: RosterChain,
): string | null {
  const transition = TRANSITIONS[action];
  if (!transition.from.includes(from) || transition.to !== to || transition.team !== release.team)
    return `“${action}” does not lead a ${release.team} release from ${from} to ${to}`;
  if (envelope.signatures.length !== people.length || people.length !== transition.signatures)
    return `“${action}” needs ${transition.signatures} signatures`;
  const { keys } = rosterAt(chain, at);
  const signed = new Set<string>();
  for (const signature of envelope.signatures) {
    const key = signerOf(envelope, signature, keys);
    const person = people.find(({ id }) => id === key?.person.id);
    if (key === null || person === undefined) return 'a signature is of nobody it names';
    if (!transition.roles.includes(person.role)) return `${person.role} is no role for “${action}”`;
    const because = mayNotActBecause(key, [person.role], at);
    if (because !== null) return because;
    signed.add(person.id);
  }
  return signed.size === people.length ? null : 'one person signed for two';
}
