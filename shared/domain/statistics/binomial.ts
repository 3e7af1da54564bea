/** ln n! of the first numbers, for most draws are of a few thousand. */
const SMALL = logFactorials(4096);

function logFactorials(count: number): Float64Array {
  const logs = new Float64Array(count);
  for (let n = 2; n < count; n += 1) logs[n] = (logs[n - 1] ?? 0) + Math.log(n);
  return logs;
}

/** ln n!, by Stirling's series where it is exact to the last digits. */
function logFactorial(n: number): number {
  if (n < SMALL.length) return SMALL[n] ?? 0;
  const inverse = 1 / n;
  const series = inverse * (1 / 12 - inverse ** 2 * (1 / 360 - inverse ** 2 / 1260));
  return n * Math.log(n) - n + Math.log(2 * Math.PI * n) / 2 + series;
}

/**
 * How many of `n` trials of chance `p` succeed, drawn exactly from `u`, uniform in [0, 1): inversion that walks outwards
 * from the likeliest count, about √(n·p·(1−p)) steps.
 */
export function binomial(n: number, p: number, u: number): number {
  if (n === 0 || p <= 0) return 0;
  if (p >= 1) return n;
  const odds = p / (1 - p);
  const mode = Math.min(n, Math.floor((n + 1) * p));
  const top = Math.exp(
    logFactorial(n) -
      logFactorial(mode) -
      logFactorial(n - mode) +
      mode * Math.log(p) +
      (n - mode) * Math.log1p(-p),
  );
  let left = u - top;
  let [up, down, above, below] = [mode, mode, top, top];
  while (left >= 0 && above + below > 0) {
    above *= (odds * (n - up)) / (up + 1);
    up += 1;
    left -= above;
    if (left < 0) return up;
    below *= down / (odds * (n - down + 1));
    down -= 1;
    left -= below;
    if (left < 0) return down;
  }
  return mode;
}

/**
 * As many draws with replacement as `counts` sum to, counted by kind: what the bootstrap makes of units of which
 * `counts` look alike. `unit()` is uniform in [0, 1). `into` receives the new counts.
 */
export function redraw(counts: ArrayLike<number>, unit: () => number, into: Float64Array): void {
  let mass = 0;
  for (let at = 0; at < counts.length; at += 1) mass += counts[at] ?? 0;
  let left = mass;
  for (let at = 0; at < counts.length; at += 1) {
    const count = counts[at] ?? 0;
    const drawn = left === 0 ? 0 : count >= mass ? left : binomial(left, count / mass, unit());
    into[at] = drawn;
    left -= drawn;
    mass -= count;
  }
}
