import { broadcast, flattened, sumOf, UNKNOWN, type Dimension } from './dimension.ts';
import type { NodeFacts } from './node-facts.ts';

type Contents = readonly Dimension[] | null;

/** Longer lists of whole numbers are not followed. */
export const MOST_CONTENTS = 64;

/**
 * The whole numbers that a node gives, where it makes shapes out of shapes, as exporters write them to keep the batch
 * free: Shape → Gather → Concat → Reshape. A flat list; null is not known.
 */
export function contentsOf(facts: NodeFacts): Contents {
  const first = facts.contents[0] ?? null;
  switch (facts.node.op) {
    case 'Shape': {
      const { start, end } = { start: facts.int('start', 0), end: facts.text('end') };
      return facts.shape(0)?.slice(start, end === null ? undefined : Number(end)) ?? null;
    }
    case 'Constant': {
      const single = facts.text('value_int');
      return single === null ? facts.ints('value_ints') : [Number(single)];
    }
    case 'Cast':
    case 'Identity':
    case 'Reshape':
    case 'Squeeze':
    case 'Unsqueeze':
      return first;
    case 'Gather':
      return gathered(facts, first);
    case 'Slice':
      return cut(facts, first);
    case 'Concat':
      return facts.contents.some((part) => part === null)
        ? null
        : facts.contents.flatMap((part) => part ?? []);
    case 'Add':
      return elementwise(facts, (a, b) => sumOf([a, b]));
    case 'Sub':
      return elementwise(facts, (a, b) => numeric(a, b, (a, b) => a - b));
    case 'Div':
      return elementwise(facts, (a, b) => numeric(a, b, (a, b) => Math.trunc(a / b)));
    case 'Mul':
      return elementwise(facts, (a, b) => flattened([a, b]));
    default:
      return null;
  }
}

function gathered(facts: NodeFacts, data: Contents): Contents {
  const indices = facts.numbers(1);
  if (data === null || indices === null || facts.shape(0)?.length !== 1) return null;
  return indices.map((at) => data.at(at) ?? UNKNOWN);
}

function cut(facts: NodeFacts, data: Contents): Contents {
  const [start, end] = [facts.setting('starts', 1), facts.setting('ends', 2)];
  const step = facts.has(4) ? facts.numbers(4)?.[0] : 1;
  if (data === null || start?.length !== 1 || end?.length !== 1 || step !== 1) return null;
  return facts.shape(0)?.length === 1 ? data.slice(start[0], end[0]) : null;
}

function numeric(a: Dimension, b: Dimension, of: (a: number, b: number) => number): Dimension {
  const value = typeof a === 'number' && typeof b === 'number' ? of(a, b) : Number.NaN;
  return Number.isSafeInteger(value) ? value : UNKNOWN;
}

function elementwise(facts: NodeFacts, of: (a: Dimension, b: Dimension) => Dimension): Contents {
  const [a, b] = [facts.contents[0] ?? null, facts.contents[1] ?? null];
  if (a === null || b === null) return null;
  const length = broadcast([[a.length], [b.length]])?.[0];
  if (typeof length !== 'number') return null;
  const at = (list: readonly Dimension[], place: number) => list[list.length === 1 ? 0 : place] ?? UNKNOWN;
  return Array.from({ length }, (_, place) => of(at(a, place), at(b, place)));
}
