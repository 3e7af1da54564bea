import type { Dtype } from './dtype.ts';

/** How numpy stores a type; `widened` where numpy has no such type, and a wider one holds every value of it exactly. */
export interface NumpyType {
  readonly descr: string;
  readonly widened: boolean;
}

const same = (descr: string): NumpyType => ({ descr, widened: false });
const wider = (descr: string): NumpyType => ({ descr, widened: true });

const TYPES: Readonly<Record<Exclude<Dtype, 'STRING'>, NumpyType>> = {
  BOOL: same('|b1'),
  U2: wider('|u1'),
  I2: wider('|i1'),
  U4: wider('|u1'),
  I4: wider('|i1'),
  F4: wider('<f4'),
  F6_E2M3: wider('<f4'),
  F6_E3M2: wider('<f4'),
  U8: same('|u1'),
  I8: same('|i1'),
  F8_E5M2: wider('<f4'),
  F8_E4M3: wider('<f4'),
  F8_E5M2FNUZ: wider('<f4'),
  F8_E4M3FNUZ: wider('<f4'),
  F8_E8M0: wider('<f4'),
  I16: same('<i2'),
  U16: same('<u2'),
  F16: same('<f2'),
  BF16: wider('<f4'),
  I32: same('<i4'),
  U32: same('<u4'),
  F32: same('<f4'),
  I64: same('<i8'),
  U64: same('<u8'),
  F64: same('<f8'),
  C64: same('<c8'),
  C128: same('<c16'),
};

/** Null for text, which numpy's fixed-width types do not hold. */
export const numpyType = (dtype: Dtype): NumpyType | null => (dtype === 'STRING' ? null : TYPES[dtype]);

const ALIGNED = 64;
const LONGEST_V1 = 65_535;

/**
 * The header of an .npy file, in version 1.0, or 2.0 where it is too long for that:
 * https://numpy.org/doc/stable/reference/generated/numpy.lib.format.html
 */
export function npyHeader(descr: string, shape: readonly number[]): Uint8Array<ArrayBuffer> {
  const tuple = shape.length === 1 ? `(${shape[0]},)` : `(${shape.join(', ')})`;
  const about = `{'descr': '${descr}', 'fortran_order': False, 'shape': ${tuple}, }`;
  const short = padded(about, 10);
  const version = short.length <= LONGEST_V1 ? 1 : 2;
  const text = version === 1 ? short : padded(about, 12);
  const start = version === 1 ? 10 : 12;
  const header = new Uint8Array(start + text.length);
  header.set([0x93, 0x4e, 0x55, 0x4d, 0x50, 0x59, version, 0]);
  const view = new DataView(header.buffer);
  if (version === 1) view.setUint16(8, text.length, true);
  else view.setUint32(8, text.length, true);
  header.set(
    Uint8Array.from(text, (letter) => letter.charCodeAt(0)),
    start,
  );
  return header;
}

/** Spaces and a line's end behind the text, so that data starts at a multiple of 64. */
function padded(text: string, start: number): string {
  const length = Math.ceil((start + text.length + 1) / ALIGNED) * ALIGNED - start;
  return `${text.padEnd(length - 1)}\n`;
}
