import { z } from 'zod';
import { GateResult } from '../domain/gates/verdict.ts';
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
  decision: z.enum(['approve', 'refuse']),
  reason: z.string(),
  conditions: z.string(),
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

/** The sign-off of one release: what, compared with what, on which evidence, who signed, what is missing. */
export const SignoffDetail = z.object({
  releaseDigest: z.string(),
  rosterVersion: z.int(),
  threshold: z.int(),
  signers: z.array(SignerRow),
  /** Finished replays with this release as candidate, newest first. */
  replays: z.array(
    z.object({
      id: z.string(),
      createdAt: z.string(),
      baseline: z.string(),
      snapshot: z.string(),
      requests: z.int(),
    }),
  ),
  gates: z.array(GateResult),
  /** The frozen release statement, if evidence was frozen. */
  statement: z
    .object({
      digest: z.string(),
      replayId: z.string().nullable(),
      frozenAt: z.string(),
      /** Canonical JSON, exactly the bytes that are signed. */
      json: z.string(),
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

export const signoff = {
  get: channel(z.object({ releaseDigest: z.string() }), SignoffDetail),
  /** Freezes the evidence of a finished replay into the release statement that people sign. */
  freeze: channel(z.object({ releaseDigest: z.string(), replayId: z.string() }), SignoffDetail),
  sign: channel(
    z.object({
      releaseDigest: z.string(),
      statementDigest: z.string(),
      keyId: z.string(),
      passphrase: z.string(),
      decision: z.enum(['approve', 'refuse']),
      reason: z.string(),
      conditions: z.string(),
    }),
    SignoffDetail,
  ),
  /** The release record as DSSE JSON. */
  record: channel(
    z.object({ releaseDigest: z.string() }),
    z.object({ fileName: z.string(), json: z.string() }),
  ),
  /** Verifies a record with the workspace's roster, never with keys inside the record. */
  verify: channel(z.object({ json: z.string() }), Verification),
  people: channel(Nothing, z.array(SignerRow)),
};
