import { z } from 'zod';
import { ReleaseChanges, TensorChange } from '../domain/release/changes.ts';
import { RankerRef } from '../domain/replay/report.ts';
import { channel, page, PageRequest } from './channel.ts';

/** Two releases by their digests, the earlier one first. */
export const ReleasePair = z.object({ before: z.string(), after: z.string() });
export type ReleasePair = z.infer<typeof ReleasePair>;

export const ChangesView = z.object({
  before: RankerRef,
  after: RankerRef,
  /** The job that compares them; null when none runs. */
  jobId: z.string().nullable(),
  /** Null until they are compared. Of the tensors only those that changed most come along. */
  compared: z
    .object({
      /** SHA-256 of the document's canonical JSON. */
      digest: z.string(),
      at: z.string(),
      changes: ReleaseChanges,
      tensorsDifferent: z.int(),
    })
    .nullable(),
});
export type ChangesView = z.infer<typeof ChangesView>;

export const TENSOR_SORTS = ['change', 'name', 'largest', 'share'] as const;

/** A row of a table that moved, with its key where the bundle gives keys. */
export const MovedRow = z.object({ row: z.int(), key: z.string().nullable(), norm: z.number() });

export const TensorDifferenceDetail = TensorChange.extend({
  /** How many values rose and fell by 2^power to 2^(power + 1). */
  histogram: z.array(z.object({ power: z.int(), rises: z.int(), falls: z.int() })),
  /** The rows that moved farthest by the length of their difference; empty for what is no table. */
  movedRows: z.array(MovedRow),
});
export type TensorDifferenceDetail = z.infer<typeof TensorDifferenceDetail>;

/** What changed between two releases. */
export const changes = {
  changes: channel(ReleasePair, ChangesView),
  /** Starts comparing two releases, or answers the job that does. */
  compare: channel(ReleasePair, z.object({ jobId: z.string() })),
  /** The document itself: canonical JSON, whose SHA-256 is its digest. */
  changesDocument: channel(ReleasePair, z.object({ fileName: z.string(), json: z.string() })),
  tensorDifferences: channel(
    ReleasePair.extend({
      ...PageRequest.shape,
      sort: z.enum(TENSOR_SORTS),
      desc: z.boolean(),
      /** Part of a name. */
      q: z.string(),
      kind: TensorChange.shape.kind.nullable(),
    }),
    page(TensorChange),
  ),
  tensorDifference: channel(ReleasePair.extend({ tensor: z.string() }), TensorDifferenceDetail),
};
