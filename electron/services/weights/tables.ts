import { badInput } from '../../../shared/domain/error.ts';
import { tableShape, type TableShape } from '../../../shared/domain/weights/tensor.ts';
import type { KeysOfTable } from '../../workers/row-keys.ts';
import type { Bundle } from '../releases/bundle.ts';
import { bundleTensors } from './open-weights.ts';
import { isKeysTensor, keysTensorOf } from './row-keys.ts';
import { valueCount, type StoredTensor } from './stored-tensor.ts';

/** A tensor that is read as rows: an embedding table, or the matrix of a layer. */
export interface WeightsTable {
  readonly tensor: StoredTensor;
  readonly shape: TableShape;
  /** Where the bundle names its rows. */
  readonly keys: KeysOfTable | null;
}

/** Of bundles that are open; their files do not change. */
const known = new WeakMap<Bundle, readonly WeightsTable[]>();

/** The tables of a bundle, in the order of its files; headers are read once. */
export function tablesOf(bundle: Bundle): readonly WeightsTable[] {
  const before = known.get(bundle);
  if (before !== undefined) return before;
  const tensors = bundleTensors(bundle, bundle.manifest.name);
  const byName = new Map(tensors.map((tensor) => [tensor.name, tensor]));
  const tables = tensors
    .filter((tensor) => !isKeysTensor(tensor))
    .flatMap((tensor) => tableFrom(tensor, byName));
  known.set(bundle, tables);
  return tables;
}

/** A table by its name; null when the bundle has none of that name. */
export const findTable = (bundle: Bundle, name: string): WeightsTable | null =>
  tablesOf(bundle).find(({ tensor }) => tensor.name === name) ?? null;

export function getTable(bundle: Bundle, name: string): WeightsTable {
  const table = findTable(bundle, name);
  if (table !== null) return table;
  const { manifest } = bundle;
  throw badInput(`${manifest.name} ${manifest.version} has no table "${name}"; choose one of its tables.`);
}

function tableFrom(tensor: StoredTensor, byName: ReadonlyMap<string, StoredTensor>): WeightsTable[] {
  const shape = tableShape(tensor.shape, valueCount(tensor));
  if (shape === null) return [];
  const keys = keysTensorOf(tensor, byName);
  return [{ tensor, shape, keys: keys === null ? null : { tensor: keys, rows: shape.rows } }];
}
