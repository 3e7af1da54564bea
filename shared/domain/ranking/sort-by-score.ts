let spare = new Int32Array(0);

/** Runs so short are sorted by insertion. */
const RUN = 8;

/** So small a part is picked out faster than all is sorted. */
const FEW = 1 / 4;

/**
 * Sorts indexes in place by the score that stands at each, highest first, without a call for each comparison; `before`
 * settles ties and must put any two indexes in one order. Where only the first `depth` matter the others may follow in
 * any order.
 */
export function sortByScore(
  order: Int32Array,
  score: Float64Array,
  before: (a: number, b: number) => boolean,
  depth = Infinity,
): void {
  if (depth <= FEW * order.length) pick(order, depth, score, before);
  else sortAll(order, score, before);
}

/** Keeps the first `depth` sorted while the others pass by: hardly any comes before the last of them. */
function pick(
  order: Int32Array,
  depth: number,
  score: Float64Array,
  before: (a: number, b: number) => boolean,
): void {
  insert(order, 0, depth, score, before);
  let last = order[depth - 1] ?? 0;
  let its = score[last] ?? 0;
  for (let next = depth; next < order.length; next += 1) {
    const index = order[next] ?? 0;
    const own = score[index] ?? 0;
    if (its > own || (its === own && before(last, index))) continue;
    order[next] = last;
    order[depth - 1] = index;
    insertLast(order, 0, depth - 1, score, before);
    last = order[depth - 1] ?? 0;
    its = score[last] ?? 0;
  }
}

function sortAll(order: Int32Array, score: Float64Array, before: (a: number, b: number) => boolean): void {
  const { length } = order;
  for (let from = 0; from < length; from += RUN)
    insert(order, from, Math.min(from + RUN, length), score, before);
  if (spare.length < length) spare = new Int32Array(2 * length);
  for (let run = RUN; run < length; run *= 2)
    for (let from = 0; from + run < length; from += 2 * run)
      merge(order, from, from + run, Math.min(from + 2 * run, length), score, before);
}

function insert(
  order: Int32Array,
  from: number,
  to: number,
  score: Float64Array,
  before: (a: number, b: number) => boolean,
): void {
  for (let next = from + 1; next < to; next += 1) insertLast(order, from, next, score, before);
}

/** Moves the index at `next` to where it belongs among the sorted ones from `from` on. */
function insertLast(
  order: Int32Array,
  from: number,
  next: number,
  score: Float64Array,
  before: (a: number, b: number) => boolean,
): void {
  const index = order[next] ?? 0;
  const own = score[index] ?? 0;
  let at = next;
  for (; at > from; at -= 1) {
    const other = order[at - 1] ?? 0;
    const its = score[other] ?? 0;
    if (its > own || (its === own && before(other, index))) break;
    order[at] = other;
  }
  order[at] = index;
}

/** Merges two sorted runs that stand one after the other. */
function merge(
  order: Int32Array,
  from: number,
  middle: number,
  to: number,
  score: Float64Array,
  before: (a: number, b: number) => boolean,
): void {
  for (let at = from; at < middle; at += 1) spare[at] = order[at] ?? 0;
  let left = from;
  let right = middle;
  for (let at = from; left < middle; at += 1) {
    const a = spare[left] ?? 0;
    const b = order[right] ?? 0;
    const x = score[a] ?? 0;
    const y = score[b] ?? 0;
    if (right === to || x > y || (x === y && before(a, b))) {
      order[at] = a;
      left += 1;
    } else {
      order[at] = b;
      right += 1;
    }
  }
}
