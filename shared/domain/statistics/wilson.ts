const Z = 1.959963984540054;

/** The 95 % score interval of a share (E. B. Wilson, 1927): `hits` of `of`, of at least 1. */
export function wilsonInterval(hits: number, of: number): { low: number; high: number } {
  const share = hits / of;
  const middle = (share + Z ** 2 / (2 * of)) / (1 + Z ** 2 / of);
  const half = (Z / (1 + Z ** 2 / of)) * Math.sqrt((share * (1 - share)) / of + Z ** 2 / (4 * of ** 2));
  return { low: Math.max(0, middle - half), high: Math.min(1, middle + half) };
}
