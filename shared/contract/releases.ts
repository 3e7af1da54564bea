import { z } from 'zod';
import { ReleaseState } from '../domain/release/lifecycle.ts';
import { ReleaseManifest, TrainingData } from '../domain/release/manifest.ts';
import { channel, Nothing } from './channel.ts';

export const ReleaseRow = z.object({
  digest: z.string(),
  manifest: ReleaseManifest,
  /** As the signatures bear it out: a release whose approval no longer counts is shown as in review. */
  state: ReleaseState,
  /** Why the signatures do not bear out the state it was given; null when they do. */
  standing: z.string().nullable(),
  importedAt: z.string(),
  bytes: z.number(),
  fileCount: z.int(),
});
export type ReleaseRow = z.infer<typeof ReleaseRow>;

export const ModelOutput = z.object({ name: z.string(), shape: z.string() });

/** Who signed the bundle's bytes (`model.sig`); one that does not fit the files is refused at import. */
export const ModelSignature = z.object({
  status: z.enum(['signed by a trusted key', 'signed by an unknown key', 'not signed']),
  /** Name of the trusted key. */
  key: z.string().nullable(),
});
export type ModelSignature = z.infer<typeof ModelSignature>;

/** A release with its papers: everything the bundle says of itself. */
export const ReleaseDetail = ReleaseRow.extend({
  policyText: z.string(),
  /** The policy's heads as read, in order. */
  heads: z.array(
    z.object({
      name: z.string(),
      output: z.string(),
      kind: z.string(),
      weight: z.number(),
      min: z.number(),
      max: z.number(),
    }),
  ),
  topK: z.int(),
  features: z.array(z.string()),
  outputs: z.array(ModelOutput),
  trainingData: TrainingData,
  modelCard: z.string(),
  modelSignature: ModelSignature,
  files: z.array(z.object({ path: z.string(), bytes: z.number(), sha256: z.string() })),
});
export type ReleaseDetail = z.infer<typeof ReleaseDetail>;

export const releases = {
  list: channel(Nothing, z.array(ReleaseRow)),
  get: channel(z.object({ digest: z.string() }), ReleaseDetail),
  /** Copies a bundle (folder or .zip) into the workspace, checks and re-hashes it. The same bytes twice are one release. */
  import: channel(z.object({ path: z.string() }), ReleaseRow),
};
