import type { Values } from './tensor.ts';

/** A float's bits as digits of 16 bits, the highest first: float32 has two, float64 four. */
export const KEY_BUCKETS = 65_536;
const SIGN = 0x8000;

export const digitCount = (values: Values): 2 | 4 => (values instanceof Float32Array ? 2 : 4);

/** The bits of values as 32-bit words, little-endian. */
export const wordsOf = (values: Values): Uint32Array =>
  new Uint32Array(values.buffer, values.byteOffset, values.byteLength / 4);

/** Counts each value in the bucket of its first digit. */
export function countFirstDigits(values: Values, buckets: Uint32Array): void {
  const words = wordsOf(values);
  const step = digitCount(values) / 2;
  for (let at = step - 1; at < words.length; at += step) {
    const digit = (words[at] ?? 0) >>> 16;
    buckets[digit] = (buckets[digit] ?? 0) + 1;
  }
}

const scratch = new DataView(new ArrayBuffer(8));

/** The value whose bits are these digits. */
export function valueOfDigits(digits: readonly number[]): number {
  for (const [at, digit] of digits.entries()) scratch.setUint16(at * 2, digit);
  return digits.length === 2 ? scratch.getFloat32(0) : scratch.getFloat64(0);
}

/** The first digit of the key of the value, or of the one nearest to it that the type has. */
export function firstDigit(value: number, digits: 2 | 4): number {
  if (digits === 2) scratch.setFloat32(0, value);
  else scratch.setFloat64(0, value);
  return scratch.getUint16(0);
}

/** The first digits that finite values can have, in the order of the values, −0 before 0. */
export const digitsInOrder = (digits: 2 | 4): readonly number[] => (digits === 2 ? ORDER_32 : ORDER_64);

function orderBelow(finite: number): number[] {
  const positive = Array.from({ length: finite }, (_, digit) => digit);
  return [...positive.map((digit) => digit | SIGN).toReversed(), ...positive];
}

const ORDER_32 = orderBelow(0x7f80);
const ORDER_64 = orderBelow(0x7ff0);

/** Whether larger later digits mean smaller values. */
export const isNegative = (firstDigit: number): boolean => firstDigit >= SIGN;
