import { z } from 'zod';
import { Person } from '../domain/roster/roster.ts';
import { channel, Nothing } from './channel.ts';

/** A public key as people's tools write it. */
export const PublicKeyTexts = z.object({
  /** SPKI in PEM, as openssl reads it. */
  pem: z.string(),
  /** A line of authorized_keys or allowed_signers. */
  openssh: z.string(),
  /** A minisign public key file. */
  minisign: z.string(),
});
export type PublicKeyTexts = z.infer<typeof PublicKeyTexts>;

export const RosterKeyRow = PublicKeyTexts.extend({
  keyId: z.string(),
  validFrom: z.string(),
  validUntil: z.string(),
  revoked: z.object({ at: z.string(), reason: z.string() }).nullable(),
  /** Why it could not sign now; null when it could. */
  unusableBecause: z.string().nullable(),
  /** Whether this workspace holds the encrypted private half. */
  here: z.boolean(),
});
export type RosterKeyRow = z.infer<typeof RosterKeyRow>;

export const RosterReach = z.object({
  role: z.enum(['approver', 'root']),
  threshold: z.int(),
  /** Names of those who could sign now. */
  able: z.array(z.string()),
  reachable: z.boolean(),
  /** Whether the threshold can still be reached whoever of them leaves. */
  survivesLoss: z.boolean(),
});

/** A fork of the roster that was brought here and refused. */
export const RosterAlarm = z.object({ at: z.string(), actor: z.string(), alarm: z.string() });
export type RosterAlarm = z.infer<typeof RosterAlarm>;

export const RosterDetail = z.object({
  version: z.int(),
  digest: z.string(),
  /** Digest of the first version, trusted when the workspace was founded. */
  pin: z.string(),
  organisation: z.enum(['us', 'global']),
  issuedAt: z.string(),
  thresholds: z.object({ approver: z.int(), root: z.int() }),
  people: z.array(Person.omit({ keys: true }).extend({ keys: z.array(RosterKeyRow) })),
  reach: z.array(RosterReach),
  /** Every fork that was brought here and refused, newest first. */
  forks: z.array(RosterAlarm),
  /** Every version, newest first, with who signed it. */
  versions: z.array(
    z.object({
      version: z.int(),
      digest: z.string(),
      issuedAt: z.string(),
      importedAt: z.string(),
      signers: z.array(z.string()),
      /** What it changes in the version before, a sentence each; nothing for the first. */
      changes: z.array(z.string()),
    }),
  ),
});
export type RosterDetail = z.infer<typeof RosterDetail>;

/** What the next version changes. `put` adds a person, or replaces the entry of the one with that id. */
export const RosterChange = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('put'), person: Person }),
  z.object({ kind: z.literal('remove'), personId: z.string() }),
  z.object({ kind: z.literal('revoke'), keyId: z.string(), reason: z.string() }),
  z.object({ kind: z.literal('thresholds'), approver: z.int(), root: z.int() }),
]);
export type RosterChange = z.infer<typeof RosterChange>;

/** A roster version that roots are signing, perhaps on several machines. */
export const RosterDraft = z.object({
  /** The DSSE envelope so far; the file that travels. */
  text: z.string(),
  version: z.int(),
  digest: z.string(),
  /** The roster as it is signed, for reading. */
  json: z.string(),
  signers: z.array(z.string()),
  /** What it changes in the newest version here, a sentence each; of the first, who is on it. */
  changes: z.array(z.string()),
  /** What is missing before it can be imported; null when nothing is. */
  incompleteBecause: z.string().nullable(),
});
export type RosterDraft = z.infer<typeof RosterDraft>;

export const HeldKey = PublicKeyTexts.extend({
  keyId: z.string(),
  /** Whether the operating system's key store seals the private half, beside its passphrase. */
  sealed: z.boolean(),
  /** Name of its owner by the roster; null when the roster does not know the key. */
  person: z.string().nullable(),
});
export type HeldKey = z.infer<typeof HeldKey>;

/** The person at this window, by the key they unlocked for a while. It signs nothing that an auditor counts. */
export const UnlockedKey = z.object({
  person: z.string(),
  name: z.string(),
  keyId: z.string(),
  roles: z.array(z.string()),
  /** ISO 8601; from then on it is locked. */
  until: z.string(),
});
export type UnlockedKey = z.infer<typeof UnlockedKey>;

/** The operating system's key store: its name, or why there is none that protects anything. */
const KeyStoreState = z.union([
  z.object({ name: z.string(), missingBecause: z.null() }),
  z.object({ name: z.null(), missingBecause: z.string() }),
]);

/** A working day and a half at most. */
const LONGEST_MINUTES = 720;

const Key = z.object({ keyId: z.string() });

export const roster = {
  get: channel(Nothing, RosterDetail),
  /** Takes in the next version. Going back, a fork and a missing version are refused with a sentence that says which. */
  import: channel(z.object({ text: z.string() }), RosterDetail),
  /** The next version, unsigned; several changes are one version. */
  draft: channel(z.object({ changes: z.array(RosterChange).min(1) }), RosterDraft),
  /** Reads a draft that came from another machine. */
  readDraft: channel(z.object({ text: z.string() }), RosterDraft),
  /** Adds the signature of a root whose key is here. */
  signDraft: channel(z.object({ text: z.string(), keyId: z.string(), passphrase: z.string() }), RosterDraft),
  /** Who unlocked a key at this window; null when nobody did, or the time is up. */
  unlocked: channel(Nothing, UnlockedKey.nullable()),
  /** Unlocks a key of the US team for some minutes, until it is locked, or the machine sleeps or locks its screen. */
  unlock: channel(
    Key.extend({ passphrase: z.string(), minutes: z.int().min(1).max(LONGEST_MINUTES) }),
    UnlockedKey,
  ),
  lock: channel(Nothing, Nothing),
  /** Keys whose private half lies in this workspace. */
  keys: channel(Nothing, z.array(HeldKey)),
  newKey: channel(z.object({ passphrase: z.string() }), HeldKey),
  /** The private key as it rests, under its passphrase. */
  backUpKey: channel(Key, z.object({ fileName: z.string(), pem: z.string() })),
  /** Puts a backed-up key into the workspace, when the passphrase opens it. */
  restoreKey: channel(z.object({ pem: z.string(), passphrase: z.string() }), HeldKey),
  keyStore: channel(Nothing, KeyStoreState),
  /** Has the system's key store seal a private half, so that a copied file alone is worth nothing; refused where there is none. */
  sealKey: channel(Key, HeldKey),
  unsealKey: channel(Key, HeldKey),
  changePassphrase: channel(Key.extend({ passphrase: z.string(), newPassphrase: z.string() }), HeldKey),
};
