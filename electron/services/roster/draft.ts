import { refused, notFound } from '../../../shared/domain/error.ts';
import type { RosterChange, RosterDraft } from '../../../shared/contract/roster.ts';
import { chainBrokenBecause } from '../../../shared/domain/roster/chain.ts';
import { rosterDifference } from '../../../shared/domain/roster/difference.ts';
import type { RosterKey } from '../../../shared/domain/roster/keyring.ts';
import { FIRST_THRESHOLDS, Roster, ROSTER_PAYLOAD } from '../../../shared/domain/roster/roster.ts';
import { DsseEnvelope } from '../../../shared/domain/statements/dsse.ts';
import { canonicalJson } from '../../../shared/domain/statements/canonical-json.ts';
import { keyIdOf } from '../signoff/ed25519.ts';
import { bySigner, signPayload } from '../signoff/envelope.ts';
import { readAs, readStrictJson } from '../signoff/document.ts';
import type { SigningKey } from '../signoff/key-file.ts';
import { nextRoster } from '../signoff/next-roster.ts';
import { readRosterVersions, type RosterChain, type RosterText } from '../signoff/roster-chain.ts';

/**
 * The next version of a roster with every change in it, as an envelope that nobody signed yet; the first version of the
 * US organisation's where there is none.
 */
export function draftRoster(
  chain: RosterChain | null,
  changes: readonly RosterChange[],
  issuedAt: string,
): string {
  const keys = chain?.keys ?? [];
  const change = changes.reduce(
    (roster, step) => changed(roster, keys, step, issuedAt),
    chain?.roster ?? nobody(issuedAt),
  );
  const drafted = chain === null ? change : nextRoster(chain, change, issuedAt);
  const next = readAs('the drafted roster', 'roster', Roster, drafted);
  return write({
    payloadType: ROSTER_PAYLOAD,
    payload: Buffer.from(canonicalJson(next)).toString('base64'),
    signatures: [],
  });
}

const nobody = (issuedAt: string): Roster => ({
  format: 'stateside-roster',
  version: 1,
  previous: null,
  organisation: 'us',
  issuedAt,
  people: [],
  revocations: [],
  thresholds: FIRST_THRESHOLDS,
});

function changed(roster: Roster, keys: readonly RosterKey[], change: RosterChange, at: string): Roster {
  if (change.kind === 'thresholds')
    return { ...roster, thresholds: { approver: change.approver, root: change.root } };
  if (change.kind === 'put') {
    const others = roster.people.filter(({ id }) => id !== change.person.id);
    return { ...roster, people: [...others, change.person] };
  }
  if (change.kind === 'remove') {
    const people = roster.people.filter(({ id }) => id !== change.personId);
    if (people.length === roster.people.length)
      throw notFound(`the roster has nobody called ${change.personId}; choose one of its people`);
    return { ...roster, people };
  }
  const { keyId, reason } = change;
  if (!keys.some((key) => key.keyId === keyId))
    throw notFound(`the roster has no key ${keyId}; stateside roster check lists its keys`);
  if (reason.trim() === '') throw refused('a revocation needs a reason; write one');
  return { ...roster, revocations: [...roster.revocations, { keyId, at, reason: reason.trim() }] };
}

/** Adds one signature to a draft; the same key twice signs once. */
export function signDraft(name: string, text: string, key: SigningKey): string {
  const envelope = readAs(name, 'DSSE envelope', DsseEnvelope, readStrictJson(name, text));
  const payload = Buffer.from(envelope.payload, 'base64').toString('utf8');
  const others = envelope.signatures.filter(({ keyid }) => keyid !== key.keyId);
  return write({
    ...envelope,
    signatures: bySigner([...others, signPayload(ROSTER_PAYLOAD, payload, key)]),
  });
}

/** A draft as it stands: who signed, and what is missing before it continues the chain. */
export function readDraft(before: readonly RosterText[], name: string, text: string): RosterDraft {
  const versions = readRosterVersions([...before, { name, text }]);
  const draft = versions.find((version) => version.name === name);
  if (draft === undefined) throw new Error('the draft that was given is gone');
  const { roster, digest, signers } = draft;
  const people = [...versions.flatMap((version) => version.roster.people), ...roster.people];
  const newest = versions.findLast((version) => version.roster.version < roster.version);
  const names = signers.map(
    (signer) =>
      people.find(({ keys }) => keys.some(({ publicKey }) => publicKey === signer))?.name ?? keyIdOf(signer),
  );
  return {
    text,
    version: roster.version,
    digest,
    json: canonicalJson(roster),
    signers: [...new Set(names)],
    changes: rosterDifference(newest?.roster ?? { ...roster, people: [], revocations: [] }, roster, keyIdOf),
    incompleteBecause: chainBrokenBecause(versions, keyIdOf, null),
  };
}

const write = (envelope: DsseEnvelope): string => `${JSON.stringify(envelope, undefined, 2)}\n`;
