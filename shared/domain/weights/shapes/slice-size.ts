import { UNKNOWN, type Dimension } from './dimension.ts';

/** Further than any axis is long. */
export const FAR = 2 ** 31 - 1;

/** How many values `[start, end)` in steps takes of a size, as numpy counts them. */
export function sliced(size: Dimension, start?: number, end?: number, step?: number): Dimension {
  if (start === undefined || end === undefined || step === undefined || step === 0) return UNKNOWN;
  if (typeof size !== 'number') return start === 0 && end >= FAR && step === 1 ? size : UNKNOWN;
  const [least, most] = step > 0 ? [0, size] : [-1, size - 1];
  const within = (place: number) => Math.min(most, Math.max(least, place < 0 ? place + size : place));
  return Math.max(0, Math.ceil((within(end) - within(start)) / step));
}
