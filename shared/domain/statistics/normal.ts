const TERMS = 60;

/** The chance that a standard normal number lies further from 0 than z does: by its series, far out by its continued fraction (M. Abramowitz, I. Stegun, Handbook of Mathematical Functions, 1964, 26.2.11 and 26.2.14). */
export function normalBeyond(z: number): number {
  const x = Math.abs(z);
  const density = Math.exp((-x * x) / 2) / Math.sqrt(2 * Math.PI);
  if (x < 3) {
    let term = x;
    let sum = x;
    for (let n = 1; n < TERMS; n += 1) {
      term *= (x * x) / (2 * n + 1);
      sum += term;
    }
    return 1 - 2 * density * sum;
  }
  let fraction = x;
  for (let n = TERMS; n > 0; n -= 1) fraction = x + n / fraction;
  return (2 * density) / fraction;
}

/**
 * Two-sided p value of a figure whose draws are known: how far beyond 0 it lies in standard deviations of its bootstrap
 * draws, taken as normal (Wald's test; B. Efron, R. Tibshirani, An Introduction to the Bootstrap, 1993, ch. 12). Draws
 * that are no number are left out; null where fewer than half are left or they do not vary.
 */
export function bootstrapNormalP(seen: number, draws: Float64Array): number | null {
  const known = draws.filter((value) => Number.isFinite(value));
  if (2 * known.length < draws.length || known.length < 2) return null;
  const mean = known.reduce((sum, value) => sum + value, 0) / known.length;
  const squares = known.reduce((sum, value) => sum + (value - mean) ** 2, 0);
  const deviation = Math.sqrt(squares / (known.length - 1));
  return deviation === 0 ? null : normalBeyond(seen / deviation);
}
