import { hash } from 'node:crypto';

/**
 * Draws at most `limit` request ids: those with the smallest SHA-256 of `<seed>:<request id>`, so that the draw
 * depends on the seed and the ids alone. The drawn ids keep the order they were given in; null draws all.
 */
export function drawRequests(
  blocks: Iterable<readonly string[]>,
  limit: number | null,
  seed: number,
): string[] {
  if (limit === null) return [...blocks].flat();
  let drawn: { place: number; id: string; key: string }[] = [];
  let place = 0;
  const cut = (): void => {
    drawn = drawn.toSorted((a, b) => (a.key < b.key ? -1 : 1)).slice(0, limit);
  };
  for (const block of blocks) {
    for (const id of block) drawn.push({ place: place++, id, key: hash('sha256', `${seed}:${id}`, 'hex') });
    if (drawn.length > 2 * limit + 10_000) cut();
  }
  cut();
  return drawn.toSorted((a, b) => a.place - b.place).map(({ id }) => id);
}
