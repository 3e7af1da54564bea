/** The 97.5 % quantile of the normal distribution. */
const NORMAL = 1.959963984540054;

/**
 * The 97.5 % quantile of Student's t with 3 degrees of freedom or more, to two parts in a thousand (from 6 on one in
 * 20,000): the normal one with the terms of M. Abramowitz, I. Stegun, Handbook of Mathematical Functions, 1964, 26.7.5.
 */
export function studentQuantile(freedom: number): number {
  const z = NORMAL;
  const terms = [
    (z ** 3 + z) / 4,
    (5 * z ** 5 + 16 * z ** 3 + 3 * z) / 96,
    (3 * z ** 7 + 19 * z ** 5 + 17 * z ** 3 - 15 * z) / 384,
    (79 * z ** 9 + 776 * z ** 7 + 1482 * z ** 5 - 1920 * z ** 3 - 945 * z) / 92_160,
  ];
  return terms.reduce((sum, term, at) => sum + term / freedom ** (at + 1), z);
}
