import { z } from 'zod';
import { GateResult } from '../domain/gates/verdict.ts';
import { ReleaseAction, ReleaseState } from '../domain/release/lifecycle.ts';
import { Decision, Terms, Waiver } from '../domain/statements/signoff-statement.ts';
import { channel, Nothing } from './channel.ts';

/** Whose signature counts: from the roster, with what this workspace holds of their key. */
export const SignerRow = z.object({
  person: z.string(),
  keyId: z.string(),
  organisation: z.enum(['us', 'global']),
  roles: z.array(z.string()),
  /** True when this workspace holds the encrypted private key, so that the person can sign here. */
  keyHere: z.boolean(),
  /** Null when the signature would count towards a US release now, else the reason it would not. */
  notCountedBecause: z.string().nullable(),
});
export type SignerRow = z.infer<typeof SignerRow>;

export const SignedDecision = z.object({
  person: z.string(),
  keyId: z.string(),
  role: z.string(),
  decision: Decision,
  reason: z.string(),
  conditions: z.string(),
  /** When the approval runs out, and for which revision of the gates alone it was given; null: without such a term. */
  expires: z.string().nullable(),
  gatesRevision: z.int().nullable(),
  waivers: z.array(Waiver),
  at: z.string(),
  counts: z.boolean(),
  notCountedBecause: z.string().nullable(),
});
export type SignedDecision = z.infer<typeof SignedDecision>;

export const MissingStep = z.object({
  what: z.string(),
  /** Page that helps, as a route of the window. */
  route: z.string().nullable(),
});

/** What somebody could do with the release from the state it is in. */
export const PossibleAction = z.object({
  action: ReleaseAction,
  to: ReleaseState,
  roles: z.array(z.string()),
  /** How many different people have to sign. */
  signatures: z.int(),
  needsReason: z.boolean(),
  /** The only person who may do it, by name; null: anybody with the role. */
  only: z.string().nullable(),
  /** Why it would be refused now all the same, for example an approval that ran out; null when nothing is known. */
  blockedBecause: z.string().nullable(),
});
export type PossibleAction = z.infer<typeof PossibleAction>;

/** One signed step in the life of a release. */
export const SignedAction = z.object({
  action: ReleaseAction,
  from: ReleaseState,
  to: ReleaseState,
  people: z.array(z.string()),
  at: z.string(),
  reason: z.string(),
  /** What the global team decided, where the US team refused what global approved. */
  globalDecision: z.string().nullable(),
  /** Null when the signatures hold with the workspace's roster, else why not. */
  unprovenBecause: z.string().nullable(),
  /** The DSSE envelope, for export. */
  json: z.string(),
});
export type SignedAction = z.infer<typeof SignedAction>;

/** The sign-off of one release: what, compared with what, on which evidence, who signed, what is missing. */
export const SignoffDetail = z.object({
  releaseDigest: z.string(),
  team: z.enum(['us', 'global']),
  state: ReleaseState,
  /** Why the signatures do not bear out the state the release was given; null when they do. */
  standing: z.string().nullable(),
  /** What can be done from here; decisions (approve, refuse) are signed by `sign`. */
  actions: z.array(PossibleAction),
  history: z.array(SignedAction),
  /** Revision of the gates in force in this workspace. */
  gatesRevision: z.int(),
  rosterVersion: z.int(),
  threshold: z.int(),
  signers: z.array(SignerRow),
  /** Finished replays with this release as candidate, or other bytes under its name and version, newest first. */
  replays: z.array(
    z.object({
      id: z.string(),
      /** Why it is no evidence for this release now (other bytes, another snapshot, other gates); null when it is. */
      staleBecause: z.string().nullable(),
      createdAt: z.string(),
      baseline: z.string(),
      snapshot: z.string(),
      requests: z.int(),
    }),
  ),
  gates: z.array(GateResult),
  /**
   * Why the findings of the review are kept from who reads here, in a sentence: they may still judge its feeds blind.
   * Then `gates` has none about review, and `statement.json` is null. Null when nothing is kept back.
   */
  withheld: z.string().nullable(),
  /** The frozen release statement, if evidence was frozen. */
  statement: z
    .object({
      digest: z.string(),
      replayId: z.string().nullable(),
      frozenAt: z.string(),
      /** Canonical JSON, exactly the bytes that are signed; null while it is withheld. */
      json: z.string().nullable(),
      /** Why nobody can sign it any more; null when they can. Freeze the evidence anew then. */
      staleBecause: z.string().nullable(),
      /** Advisory gates that failed: each approval has to say in words why it is waived. */
      toWaive: z.array(z.object({ gate: z.string(), title: z.string() })),
    })
    .nullable(),
  decisions: z.array(SignedDecision),
  approvals: z.int(),
  verdict: z.enum(['open', 'approved', 'refused']),
  missing: z.array(MissingStep),
});
export type SignoffDetail = z.infer<typeof SignoffDetail>;

export const VerificationStep = z.object({
  title: z.string(),
  checked: z.string(),
  against: z.string(),
  ok: z.boolean(),
  detail: z.string(),
});
export type VerificationStep = z.infer<typeof VerificationStep>;

export const Verification = z.object({ ok: z.boolean(), steps: z.array(VerificationStep) });
export type Verification = z.infer<typeof Verification>;

/** A decision as it is about to be signed. `at`: the moment that `preview` answered, for exactly the bytes it showed. */
export const DecisionInput = Terms.extend({
  releaseDigest: z.string(),
  statementDigest: z.string(),
  keyId: z.string(),
  decision: Decision,
  reason: z.string(),
  conditions: z.string(),
  at: z.string().optional(),
});
export type DecisionInput = z.infer<typeof DecisionInput>;

const Signer = z.object({ keyId: z.string(), passphrase: z.string() });

export const signoff = {
  get: channel(z.object({ releaseDigest: z.string() }), SignoffDetail),
  /** Freezes the evidence of a finished replay into the release statement that people sign. */
  freeze: channel(z.object({ releaseDigest: z.string(), replayId: z.string() }), SignoffDetail),
  /** The sign-off statement as `sign` would sign it: canonical JSON and its SHA-256. Refuses what `sign` would refuse. */
  preview: channel(DecisionInput, z.object({ at: z.string(), json: z.string(), digest: z.string() })),
  sign: channel(DecisionInput.extend({ passphrase: z.string() }), SignoffDetail),
  /** Moves a release by a signed action of the right people: submit, review, withdraw, promote, roll back, revoke, diverge. */
  act: channel(
    z.object({
      releaseDigest: z.string(),
      action: ReleaseAction,
      reason: z.string(),
      /** With `diverge`: what the global team decided, and where that stands. */
      globalDecision: z.string().optional(),
      signers: z.array(Signer).min(1),
    }),
    SignoffDetail,
  ),
  /** Statement and signatures so far, to be carried to another machine. */
  handOver: channel(
    z.object({ releaseDigest: z.string() }),
    z.object({ fileName: z.string(), json: z.string() }),
  ),
  /** Takes in what was signed on another machine; every signature is verified again here. */
  collect: channel(
    z.object({ json: z.string() }),
    z.object({ releaseDigest: z.string(), added: z.int(), known: z.int() }),
  ),
  /** The release record as DSSE JSON. */
  record: channel(
    z.object({ releaseDigest: z.string() }),
    z.object({ fileName: z.string(), json: z.string() }),
  ),
  /** The record with everything it names beside it, as a .zip for the auditor; `pdf`: the record printed for people. */
  package: channel(
    z.object({ releaseDigest: z.string(), pdf: z.instanceof(Uint8Array).optional() }),
    z.object({ fileName: z.string(), zip: z.instanceof(Uint8Array) }),
  ),
  /** Who has to sign a repository in this folder: approvers always, roots where it does not delegate to them yet. */
  tufSigners: channel(
    z.object({ releaseDigest: z.string(), out: z.string() }),
    z.array(
      z.object({
        role: z.enum(['approver', 'root']),
        needed: z.int(),
        /** Those whose key is here. */
        keys: z.array(z.object({ keyId: z.string(), person: z.string() })),
      }),
    ),
  ),
  /** Writes an approved release as a TUF repository, or the next version of one, with keys that are here. */
  exportTuf: channel(
    z.object({
      releaseDigest: z.string(),
      out: z.string(),
      /** When the metadata runs out; an approval that runs out earlier decides. */
      until: z.iso.datetime(),
      signers: z.array(Signer).min(1),
    }),
    z.object({
      version: z.int(),
      /** Where clients begin: the root to install on them, and its SHA-256. */
      root: z.object({ path: z.string(), sha256: z.string() }),
      expires: z.string(),
      /** Paths of what can be downloaded, as clients ask for it. */
      targets: z.array(z.string()),
    }),
  ),
  /** Verifies a record with the workspace's roster, never with keys inside the record. */
  verify: channel(z.object({ json: z.string() }), Verification),
  /**
   * Verifies a record (.json) or a package (.zip) on disk, with the roster files given or, when none is, with the
   * workspace's roster. `pin`: the SHA-256 that the first roster given must have, where it is known from elsewhere.
   */
  verifyFile: channel(
    z.object({ path: z.string(), rosters: z.array(z.string()), pin: z.string().optional() }),
    Verification,
  ),
  people: channel(Nothing, z.array(SignerRow)),
};
