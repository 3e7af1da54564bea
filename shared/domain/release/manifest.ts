import { z } from 'zod';
import { misreadBecause } from '../plain-name.ts';

const Text = z.string().trim().min(1);
/** What people tell releases and each other apart by. */
const Name = Text.superRefine((name, context) => {
  const because = misreadBecause(name);
  if (because !== null)
    context.addIssue({ code: 'custom', message: `${because}, so it could be taken for another; correct it` });
});
export const Sha256 = z.string().regex(/^[0-9a-f]{64}$/, 'must be 64 lowercase hex characters; correct it');

/** `release.yaml`. `parent` names the version this one was made from, or null for a first one. */
export const ReleaseManifest = z.strictObject({
  name: Name,
  version: Name,
  team: z.enum(['us', 'global']),
  parent: Text.nullable(),
  created_at: z.iso.datetime({
    offset: true,
    error: 'must be a time such as 2025-01-31T12:00:00Z; correct it',
  }),
  submitted_by: Name,
  intended_use: Text,
});
export type ReleaseManifest = z.infer<typeof ReleaseManifest>;

/** `features.json`: feature names in the order of the model's input columns, to the character as the snapshot has them. */
export const FeatureNames = z
  .array(z.string().min(1))
  .min(1)
  .refine((names) => new Set(names).size === names.length, 'names a feature twice; keep one');

/** `training-data.json`. */
export const TrainingData = z.strictObject({
  datasets: z
    .array(
      z.strictObject({
        name: Text,
        jurisdiction: Text,
        rows: z.int().nonnegative(),
        period: z.strictObject({ from: Text, to: Text }),
        sha256: Sha256,
      }),
    )
    .min(1),
});
export type TrainingData = z.infer<typeof TrainingData>;
