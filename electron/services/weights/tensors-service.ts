import type { ServiceApi } from '../../../shared/contract/index.ts';
import {
  KeptStatistics,
  type TensorRow,
  type tensors as channels,
} from '../../../shared/contract/tensors.ts';
import { ANOMALIES, anomaliesOf } from '../../../shared/domain/weights/anomalies.ts';
import { listTensors, summaryOf, type ListedTensor } from '../../../shared/domain/weights/tensor-list.ts';
import { findStatistics, keepStatistics } from '../../database/workspace/tensor-statistics.ts';
import { getRelease } from '../../database/workspace/releases.ts';
import type { ServiceContext } from '../context.ts';
import { keysTensorOf } from './row-keys.ts';
import { TensorLists, type ReleaseTensors } from './release-tensors.ts';
import { weightsStatistics, type Course } from './statistics.ts';
import type { StoredTensor } from './stored-tensor.ts';
import { tensorsCsv } from './tensors-csv.ts';

/** The tensors of a release: listed from headers at once, measured as a job, kept for a second look. */
export function tensorsService(context: ServiceContext): Pick<ServiceApi<'weights'>, keyof typeof channels> {
  const { weightsPool: pool, bundles, jobs, now, changed } = context;
  const { db } = context.workspace;
  const lists = new TensorLists(db, bundles);
  const running = new Map<string, string>();

  async function measure(release: string, course: Course): Promise<void> {
    const { stored } = await lists.get(release);
    const found = await weightsStatistics([...stored.values()], pool, course);
    const figures = found.map((statistics) => ({
      name: statistics.name,
      summary: summaryOf(statistics),
      statistics,
    }));
    keepStatistics(db, release, figures, now());
    lists.forget(release);
  }

  async function statisticsOf(release: string, tensor: StoredTensor): Promise<KeptStatistics> {
    const kept = findStatistics(db, release, tensor.name);
    if (kept !== null) return kept;
    const course = { signal: new AbortController().signal, onProgress: () => {} };
    const [statistics] = await weightsStatistics([tensor], pool, course);
    // as JSON has it, so that a second look shows the same
    return KeptStatistics.parse(JSON.parse(JSON.stringify(statistics)));
  }

  return {
    async tensors({ release, offset, limit, ...query }) {
      const { listed } = await lists.get(release);
      const wanted = listTensors(listed, query);
      return { total: wanted.length, offset, rows: wanted.slice(offset, offset + limit).map(rowOf) };
    },
    async tensorTotals({ release }) {
      return { ...totalsOf(await lists.get(release)), jobId: running.get(release) ?? null };
    },
    async tensorsCsv({ release, ...query }) {
      const { listed, bundle } = await lists.get(release);
      return {
        fileName: `${bundle.manifest.version}.tensors.csv`.replaceAll(/[^\p{L}\p{N}.-]+/gu, '-'),
        csv: tensorsCsv(listTensors(listed, query)),
      };
    },
    async measureTensors({ release }) {
      const known = running.get(release);
      if (known !== undefined) return { jobId: known };
      const { manifest } = getRelease(db, release);
      const jobId = jobs.start({
        title: `Measuring the tensors of ${manifest.version}`,
        route: `/weights/tensors?release=${release}`,
        unit: 'values',
        total: 0,
        run: async (onProgress, signal) => {
          try {
            await measure(release, { signal, onProgress });
            return null;
          } finally {
            running.delete(release);
            changed('weights');
          }
        },
      });
      running.set(release, jobId);
      return { jobId };
    },
    async tensor({ release, tensor: name }) {
      const tensor = await lists.tensor(release, name);
      const { listed, stored } = await lists.get(release);
      const statistics = await statisticsOf(release, tensor);
      return {
        file: listed.find((each) => each.name === name)?.file ?? '',
        statistics,
        anomalies: anomaliesOf(statistics),
        keys: await keysOf(statistics, tensor, stored),
      };
    },
    async tensorHeat({ release, tensor: name, slice, rule }) {
      return pool.run('drawHeat', { tensor: await lists.tensor(release, name), slice, rule });
    },
    async tensorHistogram({ release, tensor: name, slice }) {
      const { histogram, ...counts } = await pool.run('spreadSlice', {
        tensor: await lists.tensor(release, name),
        slice,
      });
      return {
        ...counts,
        histogram: histogram === null ? null : { ...histogram, counts: [...histogram.counts] },
      };
    },
    async tensorValues({ release, tensor: name, ...window }) {
      const tensor = await lists.tensor(release, name);
      const { total, rows } = await pool.run('readSlice', { tensor, window });
      return {
        total,
        offset: window.offset,
        rows: rows.map(({ place, cells }) => ({ place: [...place], cells: [...cells] })),
      };
    },
    async tensorPart({ release, tensor: name, slice, form, from }) {
      const tensor = await lists.tensor(release, name);
      return pool.run('partOfFile', { file: { tensor, slice, form }, from });
    },
  };

  /** Keys of the rows that the statistics name. */
  async function keysOf(
    { rows }: KeptStatistics,
    tensor: StoredTensor,
    byName: ReadonlyMap<string, StoredTensor>,
  ): Promise<{ row: number; key: string }[]> {
    const keys = rows === null ? null : keysTensorOf(tensor, byName);
    if (rows === null || keys === null) return [];
    const named = [
      ...rows.firstDeadRows,
      ...[...rows.lowOutliers, ...rows.highOutliers].map(({ row }) => row),
    ];
    if (named.length === 0) return [];
    const found = await pool.run('keysOfRows', { keys: { tensor: keys, rows: rows.rows }, rows: named });
    return named.flatMap((row, at) => {
      const key = found[at] ?? null;
      return key === null ? [] : [{ row, key }];
    });
  }
}

const rowOf = ({ shape, summary, ...tensor }: ListedTensor): TensorRow => ({
  ...tensor,
  shape: [...shape],
  summary:
    summary === null
      ? null
      : {
          ...summary,
          quantiles: [...summary.quantiles],
          bars: [...summary.bars],
          anomalies: [...summary.anomalies],
        },
});

function totalsOf({ listed, measuredAt }: ReleaseTensors) {
  const files = new Map<string, { file: string; tensors: number; elements: number; bytes: number }>();
  const dtypes = new Map<string, number>();
  const kinds = new Map<string, number>();
  let suspicious = 0;
  for (const { file, dtype, elements, bytes, summary } of listed) {
    const totals = files.get(file) ?? { file, tensors: 0, elements: 0, bytes: 0 };
    totals.tensors += 1;
    totals.elements += elements;
    totals.bytes += bytes;
    files.set(file, totals);
    dtypes.set(dtype, (dtypes.get(dtype) ?? 0) + 1);
    const anomalies = summary?.anomalies ?? [];
    if (anomalies.length > 0) suspicious += 1;
    for (const { kind } of anomalies) kinds.set(kind, (kinds.get(kind) ?? 0) + 1);
  }
  const anomalies = ANOMALIES.map((kind) => ({ kind, tensors: kinds.get(kind) ?? 0 }));
  return {
    files: [...files.values()],
    dtypes: [...dtypes].map(([dtype, tensors]) => ({ dtype, tensors })),
    measured:
      measuredAt === null
        ? null
        : { at: measuredAt, suspicious, anomalies: anomalies.filter(({ tensors }) => tensors > 0) },
  };
}
