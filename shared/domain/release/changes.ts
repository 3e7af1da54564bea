import { z } from 'zod';
import { PolicyChange } from '../formula/diff.ts';
import { RankerRef } from '../replay/report.ts';
import type { TensorDifference } from '../weights/difference.ts';
import type { Tensor } from '../weights/tensor.ts';
import { LineChange } from './line-changes.ts';

/** One thing that differs: null where a side lacks it. */
export const ValueChange = z.object({
  what: z.string(),
  before: z.string().nullable(),
  after: z.string().nullable(),
});
export type ValueChange = z.infer<typeof ValueChange>;

const TensorForm = z.object({ dtype: z.string(), shape: z.array(z.int()), elements: z.int() });

/** A tensor that differs. `change` is null where its values cannot be compared one by one. */
export const TensorChange = z.object({
  name: z.string(),
  kind: z.enum(['added', 'removed', 'reshaped', 'retyped', 'changed', 'equal']),
  before: TensorForm.nullable(),
  after: TensorForm.nullable(),
  change: z
    .object({
      changed: z.int(),
      changedShare: z.number(),
      notFinite: z.int(),
      /** ‖b − a‖ / ‖a‖; null where a is zero and b is not. */
      relative: z.number().nullable(),
      /** null where a side is zero. */
      cosine: z.number().nullable(),
      largest: z.object({ change: z.number(), index: z.int() }).nullable(),
    })
    .nullable(),
});
export type TensorChange = z.infer<typeof TensorChange>;

const DatasetChange = z.object({
  name: z.string(),
  status: z.enum(['added', 'removed', 'changed']),
  fields: z.array(ValueChange),
});
export type DatasetChange = z.infer<typeof DatasetChange>;

/**
 * What differs between two releases, in the order a reviewer reads it. It follows from the two bundles alone, to the
 * last bit on any machine, so whoever holds both makes the same document; its digest is the SHA-256 of its RFC 8785
 * canonical JSON.
 */
export const ReleaseChanges = z.object({
  format: z.literal('stateside-release-changes'),
  version: z.literal(1),
  before: RankerRef,
  after: RankerRef,
  policy: z.array(PolicyChange),
  tensors: z.object({
    compared: z.int(),
    equal: z.int(),
    /** What changed most first. */
    different: z.array(TensorChange),
  }),
  /** Features by name with their column in the model's input. */
  features: z.array(ValueChange),
  trainingData: z.array(DatasetChange),
  papers: z.object({ manifest: z.array(ValueChange), modelCard: z.array(LineChange) }),
});
export type ReleaseChanges = z.infer<typeof ReleaseChanges>;

/** A difference without its histogram and rows, as the document holds it. */
export function tensorChange({ name, kind, before, after, change }: TensorDifference): TensorChange {
  if (change === null) return { name, kind, before: formOf(before), after: formOf(after), change };
  const { changed, changedShare, notFinite, relative, cosine, largest } = change;
  return {
    name,
    kind,
    before: formOf(before),
    after: formOf(after),
    change: { changed, changedShare, notFinite, relative, cosine, largest },
  };
}

const formOf = (tensor: Tensor | null) =>
  tensor === null ? null : { dtype: tensor.dtype, shape: [...tensor.shape], elements: tensor.elements };
