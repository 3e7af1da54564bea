const ROUND = [0.01, 0.02, 0.05, 0.1, 0.2, 0.4, 0.6, 0.8, 1];

/** Where both axes of a reliability curve end: the least round share above every point, so that rare heads fill theirs. */
export function reachOf(points: readonly { predicted: number; observed: number }[]): number {
  const most = Math.max(0, ...points.flatMap(({ predicted, observed }) => [predicted, observed]));
  return ROUND.find((share) => share >= most) ?? 1;
}
