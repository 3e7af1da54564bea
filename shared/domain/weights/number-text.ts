/** As many digits as tell any two float32 apart. */
const MOST_DIGITS = 9;

/** The shortest text that reads back as this float32; "0.1" rather than "0.10000000149011612". */
export function float32Text(value: number): string {
  if (!Number.isFinite(value) || Number.isInteger(value)) return Object.is(value, -0) ? '-0' : String(value);
  for (let digits = 6; digits < MOST_DIGITS; digits += 1) {
    const short = Number(value.toPrecision(digits));
    if (Math.fround(short) === value) return String(short);
  }
  return String(Number(value.toPrecision(MOST_DIGITS)));
}

export const float64Text = (value: number): string => (Object.is(value, -0) ? '-0' : String(value));
