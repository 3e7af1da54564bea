import { commonPlaces } from './common-places.ts';

/**
 * Overlap of two ranked lists at depth k, 0 to 1: |A∩B| / k, where A and B are the first k of each (R. Fagin,
 * R. Kumar, D. Sivakumar, "Comparing Top k Lists", SIAM Journal on Discrete Mathematics 17(1), 2003). When
 * neither list reaches k, the longer one's length stands for k, so that a list always overlaps itself by 1;
 * two empty lists overlap by 1. An element stands at most once in a list.
 * `common` is `commonPlaces(a, b)`, given where several figures are made of two lists.
 */
export function overlapAt<T>(
  a: ArrayLike<T>,
  b: ArrayLike<T>,
  k: number,
  common: Int32Array = commonPlaces(a, b),
): number {
  const depth = Math.min(k, Math.max(a.length, b.length));
  if (depth === 0) return 1;
  let shared = 0;
  for (let at = 0; at < Math.min(depth, common.length); at += 1) {
    const place = common[at] ?? -1;
    if (place !== -1 && place < depth) shared += 1;
  }
  return shared / depth;
}
