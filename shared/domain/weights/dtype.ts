/** How the values of a tensor are stored. The names are safetensors'; ONNX adds some of its own. */
export interface Layout {
  /** Of one stored part; a complex number has two parts. */
  readonly bits: number;
  readonly parts: 1 | 2;
  readonly kind: 'bool' | 'signed' | 'unsigned' | 'float' | 'text';
}

const layout = (kind: Layout['kind'], bits: number, parts: 1 | 2 = 1): Layout => ({ kind, bits, parts });

export const LAYOUTS = {
  BOOL: layout('bool', 8),
  U2: layout('unsigned', 2),
  I2: layout('signed', 2),
  U4: layout('unsigned', 4),
  I4: layout('signed', 4),
  F4: layout('float', 4),
  F6_E2M3: layout('float', 6),
  F6_E3M2: layout('float', 6),
  U8: layout('unsigned', 8),
  I8: layout('signed', 8),
  F8_E5M2: layout('float', 8),
  F8_E4M3: layout('float', 8),
  F8_E5M2FNUZ: layout('float', 8),
  F8_E4M3FNUZ: layout('float', 8),
  F8_E8M0: layout('float', 8),
  I16: layout('signed', 16),
  U16: layout('unsigned', 16),
  F16: layout('float', 16),
  BF16: layout('float', 16),
  I32: layout('signed', 32),
  U32: layout('unsigned', 32),
  F32: layout('float', 32),
  I64: layout('signed', 64),
  U64: layout('unsigned', 64),
  F64: layout('float', 64),
  C64: layout('float', 32, 2),
  C128: layout('float', 64, 2),
  STRING: layout('text', 0),
} as const satisfies Record<string, Layout>;

export type Dtype = keyof typeof LAYOUTS;

export const isDtype = (name: string): name is Dtype => Object.hasOwn(LAYOUTS, name);

/** Bytes that hold `elements` values, those below a byte packed without a gap, or null past 2^53. */
export function bytesFor(dtype: Dtype, elements: number): number | null {
  const { bits, parts } = LAYOUTS[dtype];
  const total = elements * bits * parts;
  return Number.isSafeInteger(total) ? Math.ceil(total / 8) : null;
}

/** The number of elements of a shape ([] is a scalar), or null past 2^53. */
export function elementCount(shape: readonly number[]): number | null {
  if (shape.includes(0)) return 0;
  const count = shape.reduce((product, size) => product * size, 1);
  return Number.isSafeInteger(count) ? count : null;
}
