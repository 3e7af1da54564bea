const MINUS = '−';
const grouped = new Intl.NumberFormat('en-US', { maximumFractionDigits: 0 });

/** A count with thin thousands groups: 12,345. */
export const formatCount = (value: number): string => withMinus(grouped.format(value));

/** A number with the same precision down a column; true minus sign, which what rounds to nothing has not. */
export function formatNumber(value: number, digits: number): string {
  const text = value.toFixed(digits);
  return withMinus(Number(text) === 0 ? text.replace('-', '') : text);
}

/** A change: always with its sign, ±0 as a plain zero. */
export function formatSigned(value: number, digits: number): string {
  const text = Math.abs(value).toFixed(digits);
  if (Number(text) === 0) return text;
  return `${value < 0 ? MINUS : '+'}${text}`;
}

/** A weight as people write it: no trailing zeros, at most `digits` significant digits. */
export function formatWeight(value: number, digits = 6): string {
  return withMinus(String(Number(value.toPrecision(digits))));
}

/** As many significant digits tell any two numbers apart. */
const EXACT_DIGITS = 17;

/** Enough digits that two weights close to each other stay apart. */
export function formatWeightPair(from: number, to: number): [string, string] {
  for (let digits = 3; digits < EXACT_DIGITS; digits += 1) {
    const pair: [string, string] = [formatWeight(from, digits), formatWeight(to, digits)];
    if (pair[0] !== pair[1]) return pair;
  }
  return [formatWeight(from, EXACT_DIGITS), formatWeight(to, EXACT_DIGITS)];
}

const BYTE_UNITS = ['B', 'kB', 'MB', 'GB', 'TB'] as const;

/** Decimal bytes: 1.2 MB. */
export function formatBytes(bytes: number): string {
  let value = bytes;
  let unit = 0;
  while (value >= 999.5 && unit < BYTE_UNITS.length - 1) {
    value /= 1000;
    unit += 1;
  }
  return `${unit === 0 || value >= 99.95 ? value.toFixed(0) : value.toFixed(1)} ${BYTE_UNITS[unit] ?? 'B'}`;
}

/** How long something takes: 8 s, 3 min 20 s, 2 h 5 min. */
export function formatDuration(seconds: number): string {
  const whole = Math.max(0, Math.round(seconds));
  if (whole < 60) return `${whole} s`;
  if (whole < 3600) return `${Math.floor(whole / 60)} min ${whole % 60} s`;
  return `${Math.floor(whole / 3600)} h ${Math.floor((whole % 3600) / 60)} min`;
}

/** `plural(1, 'file')` is "1 file", `plural(1200, 'file')` is "1,200 files". */
export const plural = (count: number, noun: string, many = `${noun}s`): string =>
  `${formatCount(count)} ${count === 1 ? noun : many}`;

/** Names in a sentence: "Ana, Ben and Cleo". */
export function listOf(names: readonly string[]): string {
  if (names.length < 2) return names[0] ?? '';
  return `${names.slice(0, -1).join(', ')} and ${names.at(-1)}`;
}

const withMinus = (text: string): string => text.replace(/^-/, MINUS);
