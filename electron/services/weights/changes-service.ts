import { z } from 'zod';
import {
  MovedRow,
  TensorDifferenceDetail,
  type changes as channels,
} from '../../../shared/contract/changes.ts';
import type { ServiceApi } from '../../../shared/contract/index.ts';
import { notFound } from '../../../shared/domain/error.ts';
import { ReleaseChanges, TensorChange } from '../../../shared/domain/release/changes.ts';
import { findChanges, getDifference, pageOfDifferences } from '../../database/workspace/release-changes.ts';
import { getRelease } from '../../database/workspace/releases.ts';
import type { ServiceContext } from '../context.ts';
import { refOf } from '../replay/ranker.ts';
import { Comparisons } from './comparison.ts';
import { findTable } from './tables.ts';

/** Tensors that come along with the changes as a whole; the others are read by pages. */
const TENSORS_SHOWN = 40;

export function changesService(context: ServiceContext): Pick<ServiceApi<'weights'>, keyof typeof channels> {
  const { weightsPool, bundles } = context;
  const { db } = context.workspace;
  const comparisons = new Comparisons(context);
  return {
    async changes(pair) {
      const kept = findChanges(db, pair);
      const changes = kept === null ? null : ReleaseChanges.parse(JSON.parse(kept.document));
      return {
        before: refOf(getRelease(db, pair.before)),
        after: refOf(getRelease(db, pair.after)),
        jobId: comparisons.jobOf(pair),
        compared:
          kept === null || changes === null
            ? null
            : {
                digest: kept.digest,
                at: kept.comparedAt,
                tensorsDifferent: changes.tensors.different.length,
                changes: {
                  ...changes,
                  tensors: {
                    ...changes.tensors,
                    different: changes.tensors.different.slice(0, TENSORS_SHOWN),
                  },
                },
              },
      };
    },
    compare: async (pair) => ({ jobId: comparisons.start(pair) }),
    async changesDocument(pair) {
      const kept = findChanges(db, pair);
      if (kept === null) throw notFound('These two releases were not compared yet; compare them first.');
      const [before, after] = [getRelease(db, pair.before), getRelease(db, pair.after)];
      const name = `${after.manifest.version}.changes-since-${before.manifest.version}.json`;
      return { fileName: name.replaceAll(/[^\p{L}\p{N}.-]+/gu, '-'), json: kept.document };
    },
    async tensorDifferences(query) {
      const { total, offset, rows } = pageOfDifferences(db, query);
      return { total, offset, rows: rows.map((row) => TensorChange.parse(row)) };
    },
    async tensorDifference({ before, after, tensor }) {
      const { change, ...rest } = KeptDifference.parse(getDifference(db, { before, after }, tensor));
      const moved = change?.movedRows ?? [];
      const keys = await keysOfMoved(after, tensor, moved);
      return {
        ...TensorChange.parse({ ...rest, change }),
        histogram: change?.histogram ?? [],
        movedRows: moved.map(({ row, norm }, at) => ({ row, norm, key: keys?.[at] ?? null })),
      };
    },
  };

  /** The keys of rows as the later release names them. */
  async function keysOfMoved(release: string, tensor: string, moved: readonly { row: number }[]) {
    const table = moved.length === 0 ? null : findTable(await bundles.get(release), tensor);
    if (table === null || table.keys === null) return null;
    return weightsPool.run('keysOfRows', { keys: table.keys, rows: moved.map(({ row }) => row) });
  }
}

const KeptDifference = TensorChange.extend({
  change: TensorChange.shape.change
    .unwrap()
    .extend({
      histogram: TensorDifferenceDetail.shape.histogram,
      movedRows: z.array(MovedRow.omit({ key: true })),
    })
    .nullable(),
});
