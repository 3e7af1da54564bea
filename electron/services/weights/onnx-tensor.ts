import { badInput } from '../../../shared/domain/error.ts';
import { bytesFor, elementCount, LAYOUTS, type Dtype } from '../../../shared/domain/weights/dtype.ts';
import { fieldList, fieldText, varint, type ByteSource, type Field, type Range } from '../onnx/walk.ts';
import { externalPieces } from './onnx-external.ts';
import type { OnnxFile } from './onnx-file.ts';
import type { Piece, StoredTensor, TensorData } from './stored-tensor.ts';

const MOST_AXES = 64;

/** TensorProto.DataType. */
const DTYPES: Readonly<Record<number, Dtype>> = {
  1: 'F32',
  2: 'U8',
  3: 'I8',
  4: 'U16',
  5: 'I16',
  6: 'I32',
  7: 'I64',
  8: 'STRING',
  9: 'BOOL',
  10: 'F16',
  11: 'F64',
  12: 'U32',
  13: 'U64',
  14: 'C64',
  15: 'C128',
  16: 'BF16',
  17: 'F8_E4M3',
  18: 'F8_E4M3FNUZ',
  19: 'F8_E5M2',
  20: 'F8_E5M2FNUZ',
  21: 'U4',
  22: 'I4',
  23: 'F4',
  24: 'F8_E8M0',
  25: 'U2',
  26: 'I2',
};

/** A TensorProto without its values. Throws a sentence that names the tensor, RangeError where the bytes are none. */
export function tensorProto(file: OnnxFile, range: Range, called?: string): StoredTensor {
  const { source } = file;
  const parts = fieldList(source, range);
  const nameField = parts.findLast((part) => part.number === 8);
  const name = called ?? (nameField === undefined ? '' : fieldText(source, nameField));
  const code = Number(parts.findLast((part) => part.number === 2)?.value ?? 0n);
  const dtype = DTYPES[code];
  if (dtype === undefined)
    throw badInput(
      `${file.name}: tensor "${name}" at byte ${range.start} has the unknown data type ${code}.`,
    );
  if (parts.some((part) => part.number === 3))
    throw badInput(
      `${file.name}: tensor "${name}" is cut into segments, which no tool reads; export it whole.`,
    );
  const shape = dimensions(source, parts);
  const elements = shape.some((size) => size < 0) ? null : elementCount(shape);
  const bytes = elements === null ? null : bytesFor(dtype, elements);
  if (elements === null || bytes === null)
    throw badInput(
      `${file.name}: the shape [${shape.join(', ')}] of tensor "${name}" is negative or too large to count.`,
    );
  const about = { name, dtype, shape, elements, bytes };
  return { ...about, data: dataOf(file, about, parts) };
}

function dimensions(source: ByteSource, parts: readonly Field[]): number[] {
  const shape: number[] = [];
  for (const { start, end } of parts.filter((part) => part.number === 1)) {
    for (let at = start; at < end;) {
      const size = varint(source, at, end);
      shape.push(Number(BigInt.asIntN(64, size.value)));
      if (shape.length > MOST_AXES)
        throw new RangeError(`the shape at byte ${start} has more than ${MOST_AXES} axes`);
      at = size.end;
    }
  }
  return shape;
}

type About = Omit<StoredTensor, 'data'>;

/** The field that holds typed data of a type, and the bytes one protobuf number stands for (0: none, all fixed). */
function typedField(dtype: Dtype): { field: number; width: 0 | 1 | 2 | 4 | 8 } {
  if (dtype === 'F32' || dtype === 'C64') return { field: 4, width: 0 };
  if (dtype === 'F64' || dtype === 'C128') return { field: 10, width: 0 };
  if (dtype === 'I64') return { field: 7, width: 8 };
  if (dtype === 'U64') return { field: 11, width: 8 };
  if (dtype === 'U32') return { field: 11, width: 4 };
  if (dtype === 'I32') return { field: 5, width: 4 };
  return { field: 5, width: LAYOUTS[dtype].bits === 16 ? 2 : 1 };
}

function dataOf(file: OnnxFile, about: About, parts: readonly Field[]): TensorData {
  const { path } = file;
  if (about.dtype === 'STRING') return { kind: 'raw', pieces: [] };
  const external = parts.findLast((part) => part.number === 14)?.value === 1n;
  const entries = parts.filter((part) => part.number === 13);
  if (external || entries.length > 0) return { kind: 'raw', pieces: externalPieces(file, about, entries) };
  const pieces = (number: number): Piece[] =>
    parts.filter((part) => part.number === number).map(({ start, end }) => ({ path, start, end }));
  const raw = pieces(9).slice(-1);
  const { field, width } = typedField(about.dtype);
  const typed = pieces(field);
  const data = raw.length > 0 ? raw : typed;
  const held = data.reduce((sum, { start, end }) => sum + end - start, 0);
  if (raw.length > 0 || width === 0) {
    if (held === about.bytes) return { kind: 'raw', pieces: data };
  } else if (held >= Math.ceil(about.bytes / width) && held <= Math.ceil(about.bytes / width) * 10)
    return { kind: 'varint', pieces: data, width };
  throw badInput(
    `${file.name}: tensor "${about.name}" of ${about.dtype} [${about.shape.join(', ')}] needs ${about.bytes} bytes of data, not the ${held} it has; export it again.`,
  );
}
