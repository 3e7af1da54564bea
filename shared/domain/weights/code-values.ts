import { LAYOUTS, type Dtype } from './dtype.ts';

interface Minifloat {
  readonly exponentBits: number;
  readonly mantissaBits: number;
  readonly bias: number;
  /** `ieee`: the highest exponent holds infinity and NaN; `last`: all ones is NaN; `none`; `minusZero`: −0 is NaN. */
  readonly special: 'ieee' | 'last' | 'none' | 'minusZero';
}

const minifloat = (
  exponentBits: number,
  mantissaBits: number,
  bias: number,
  special: Minifloat['special'],
): Minifloat => ({ exponentBits, mantissaBits, bias, special });

/** OCP Microscaling Formats v1.0, OCP 8-bit Floating Point v1.0, IEEE 754; FNUZ: arXiv 2206.02915. */
const MINIFLOATS: Partial<Record<Dtype, Minifloat>> = {
  F4: minifloat(2, 1, 1, 'none'),
  F6_E2M3: minifloat(2, 3, 1, 'none'),
  F6_E3M2: minifloat(3, 2, 3, 'none'),
  F8_E5M2: minifloat(5, 2, 15, 'ieee'),
  F8_E4M3: minifloat(4, 3, 7, 'last'),
  F8_E5M2FNUZ: minifloat(5, 2, 16, 'minusZero'),
  F8_E4M3FNUZ: minifloat(4, 3, 8, 'minusZero'),
  F16: minifloat(5, 10, 15, 'ieee'),
  BF16: minifloat(8, 7, 127, 'ieee'),
};

const tables = new Map<Dtype, Float32Array>();

/** What each code of a type of at most 16 bits means; float32 holds all of them exactly. */
export function codeValues(dtype: Dtype): Float32Array {
  const known = tables.get(dtype);
  if (known !== undefined) return known;
  const table = Float32Array.from({ length: 2 ** LAYOUTS[dtype].bits }, (_, code) => codeValue(dtype, code));
  tables.set(dtype, table);
  return table;
}

function codeValue(dtype: Dtype, code: number): number {
  const { kind, bits } = LAYOUTS[dtype];
  if (kind === 'bool') return code === 0 ? 0 : 1;
  if (kind === 'unsigned') return code;
  if (kind === 'signed') return code >= 2 ** (bits - 1) ? code - 2 ** bits : code;
  if (dtype === 'F8_E8M0') return code === 0xff ? Number.NaN : 2 ** (code - 127);
  const format = MINIFLOATS[dtype];
  if (format === undefined) throw new RangeError(`${dtype} has no table of codes`);
  return minifloatValue(format, code);
}

function minifloatValue({ exponentBits, mantissaBits, bias, special }: Minifloat, code: number): number {
  const magnitude = code & (2 ** (exponentBits + mantissaBits) - 1);
  const negative = code !== magnitude;
  const exponent = magnitude >>> mantissaBits;
  const mantissa = magnitude & (2 ** mantissaBits - 1);
  const sign = negative ? -1 : 1;
  if (special === 'minusZero' && negative && magnitude === 0) return Number.NaN;
  if (special === 'last' && magnitude === 2 ** (exponentBits + mantissaBits) - 1) return Number.NaN;
  if (special === 'ieee' && exponent === 2 ** exponentBits - 1)
    return mantissa === 0 ? sign * Number.POSITIVE_INFINITY : Number.NaN;
  if (exponent === 0) return sign * mantissa * 2 ** (1 - bias - mantissaBits);
  return sign * (1 + mantissa / 2 ** mantissaBits) * 2 ** (exponent - bias);
}
