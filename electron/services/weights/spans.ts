import { valueCount, type StoredTensor } from './stored-tensor.ts';
import { blockLength } from './tensor-reader.ts';
import type { Span } from './walk-tensor.ts';

const VALUES_OF_TASK = 16_777_216;
const TENSORS_OF_TASK = 16;

/** A tensor cut into parts of about sixteen million values, each a whole number of blocks. */
export function spansOf(tensor: StoredTensor): Span[] {
  const values = valueCount(tensor);
  const block = blockLength(tensor);
  const length = block * Math.max(1, Math.floor(VALUES_OF_TASK / block));
  return Array.from({ length: Math.ceil(values / length) }, (_, at) => ({
    tensor,
    from: at * length,
    to: Math.min(values, (at + 1) * length),
  }));
}

/** Neighbours put together until they are worth a task; one too large for a task stays alone. */
export function groupsOf<Item>(items: readonly Item[], tensorOf: (item: Item) => StoredTensor): Item[][] {
  const groups: Item[][] = [];
  let room = 0;
  for (const item of items) {
    const values = valueCount(tensorOf(item));
    const group = groups.at(-1);
    if (group === undefined || values > room || group.length >= TENSORS_OF_TASK) {
      groups.push([item]);
      room = VALUES_OF_TASK - values;
    } else {
      group.push(item);
      room -= values;
    }
  }
  return groups;
}
