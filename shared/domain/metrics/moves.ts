/** The largest change of place of an element that both lists hold; 0 when they share none. */
export function largestMove<T>(a: ArrayLike<T>, b: ArrayLike<T>): number {
  return movesOf(a, b).reduce((largest, move) => Math.max(largest, move), 0);
}

/** The mean change of place of the elements that both lists hold; 0 when they share none. */
export function meanMove<T>(a: ArrayLike<T>, b: ArrayLike<T>): number {
  const moves = movesOf(a, b);
  return moves.length === 0 ? 0 : moves.reduce((sum, move) => sum + move, 0) / moves.length;
}

/** Whether the lists begin with different elements; two empty lists do not. */
export function firstDiffers<T>(a: ArrayLike<T>, b: ArrayLike<T>): boolean {
  return a[0] !== b[0];
}

function movesOf<T>(a: ArrayLike<T>, b: ArrayLike<T>): number[] {
  const places = new Map<T, number>(Array.from(a, (element, place) => [element, place]));
  const moves: number[] = [];
  for (const [place, element] of Array.from(b).entries()) {
    const before = places.get(element);
    if (before !== undefined) moves.push(Math.abs(place - before));
  }
  return moves;
}
