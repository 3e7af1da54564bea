import {
  byChange,
  emptyDifference,
  mergeDifference,
  type Change,
  type TensorDifference,
} from '../../../shared/domain/weights/difference.ts';
import type { Tensor } from '../../../shared/domain/weights/tensor.ts';
import type { WeightsPool } from '../../workers/weights-pool.ts';
import { inOrder } from '../replay/in-order.ts';
import { pairChange, type TensorPair } from './compare-pair.ts';
import { groupsOf, spansOf } from './spans.ts';
import type { Course } from './statistics.ts';
import { valueCount, type StoredTensor } from './stored-tensor.ts';
import type { Span } from './walk-tensor.ts';

/** Every tensor of two versions, what changed most first. Any number of threads gives the same bits. */
export async function weightsDifference(
  before: readonly StoredTensor[],
  after: readonly StoredTensor[],
  pool: WeightsPool,
  { signal, onProgress }: Course,
): Promise<TensorDifference[]> {
  const { pairs, apart } = match(before, after);
  const of = pairs.reduce((sum, pair) => sum + valueCount(pair.before), 0);
  const found: TensorDifference[] = [...apart];
  let done = 0;
  const compare = async (group: readonly TensorPair[]): Promise<Change[]> => {
    const [pair] = group;
    const spans = pair === undefined || group.length > 1 ? [] : spansOf(pair.before);
    if (pair === undefined || spans.length < 2) return pool.run('compare', group);
    const whole = emptyDifference();
    const part = (before: Span) => pool.run('compareSpan', { before, after: pair.after });
    for await (const scan of inOrder(spans, pool.threads + 1, part, signal)) mergeDifference(whole, scan);
    return [pairChange(pair, whole)];
  };
  const groups = groupsOf(pairs, (pair) => pair.before);
  let at = 0;
  for await (const changes of inOrder(groups, pool.threads + 1, compare, signal)) {
    for (const change of changes) {
      const pair = pairs[at];
      if (pair === undefined) throw new RangeError('there are more changes than pairs');
      found.push(pairDifference(pair, change));
      done += valueCount(pair.before);
      at += 1;
    }
    onProgress(done, of);
  }
  return found.toSorted(byChange);
}

function pairDifference({ before, after }: TensorPair, change: Change): TensorDifference {
  const kind = before.dtype !== after.dtype ? 'retyped' : change.changed > 0 ? 'changed' : 'equal';
  return { name: before.name, kind, before: listed(before), after: listed(after), change };
}

function match(
  before: readonly StoredTensor[],
  after: readonly StoredTensor[],
): { pairs: TensorPair[]; apart: TensorDifference[] } {
  const later = new Map(after.map((tensor) => [tensor.name, tensor]));
  const earlier = new Set(before.map(({ name }) => name));
  const pairs: TensorPair[] = [];
  const apart: TensorDifference[] = [];
  for (const tensor of before) {
    const { name } = tensor;
    const other = later.get(name);
    if (other === undefined)
      apart.push({ name, kind: 'removed', before: listed(tensor), after: null, change: null });
    else if (String(other.shape) === String(tensor.shape) && valueCount(other) === valueCount(tensor))
      pairs.push({ before: tensor, after: other });
    else apart.push({ name, kind: 'reshaped', before: listed(tensor), after: listed(other), change: null });
  }
  for (const tensor of after) {
    if (!earlier.has(tensor.name))
      apart.push({ name: tensor.name, kind: 'added', before: null, after: listed(tensor), change: null });
  }
  return { pairs, apart };
}

const listed = ({ name, dtype, shape, elements, bytes }: Tensor): Tensor => ({
  name,
  dtype,
  shape,
  elements,
  bytes,
});
