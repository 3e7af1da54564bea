import { z } from 'zod';

/** `application_id` of a snapshot: "STDS" in ASCII. */
export const SNAPSHOT_APPLICATION_ID = 0x53544453;
export const SNAPSHOT_VERSION = 1;

const Text = z.string().min(1);

/** The rows of `snapshot_meta`. */
export const SnapshotMeta = z.object({
  name: Text,
  created_at: Text,
  jurisdiction: Text,
  source: Text,
  licence: Text,
  surface: Text,
  generator: Text,
});
export type SnapshotMeta = z.infer<typeof SnapshotMeta>;

export const Feature = z.object({ name: Text, description: z.string() });
export type Feature = z.infer<typeof Feature>;

/** A kind of feedback: `polarity` 1 is good for the user, −1 bad, 0 neither. */
export const Signal = z.object({
  name: Text,
  kind: z.enum(['binary', 'amount']),
  polarity: z.literal([-1, 0, 1]),
  description: z.string(),
});
export type Signal = z.infer<typeof Signal>;

/** What a snapshot is, without its rows. `digest` is the SHA-256 of the file. */
export const SnapshotInfo = z.object({
  digest: z.string(),
  path: z.string(),
  bytes: z.number(),
  meta: SnapshotMeta,
  features: z.array(Feature),
  signals: z.array(Signal),
  idOrder: z.enum(['integer', 'text']),
  counts: z.object({
    users: z.number(),
    items: z.number(),
    requests: z.number(),
    candidates: z.number(),
    labels: z.number(),
    stills: z.number(),
  }),
});
export type SnapshotInfo = z.infer<typeof SnapshotInfo>;
