import { badInput } from '../../../shared/domain/error.ts';
import { bytesFor, elementCount } from '../../../shared/domain/weights/dtype.ts';
import { fieldList, varint, type Range } from '../onnx/walk.ts';
import { tensorProto } from './onnx-tensor.ts';
import type { OnnxFile } from './onnx-file.ts';
import type { StoredTensor } from './stored-tensor.ts';

/** Above this a sparse tensor is not laid out, because its size costs nothing to claim. */
const MOST_ELEMENTS = 2 ** 28;

/** A SparseTensorProto: values (1), indices (2), dimensions (3). */
export function sparseTensor(file: OnnxFile, range: Range, called?: string): StoredTensor {
  const { source } = file;
  const parts = fieldList(source, range);
  const [valuesField, indicesField] = [1, 2].map((number) =>
    parts.findLast((part) => part.number === number),
  );
  if (valuesField === undefined)
    throw new RangeError(`the sparse tensor at byte ${range.start} has no values`);
  const values = tensorProto(file, valuesField, called);
  const { name, dtype } = values;
  const shape: number[] = [];
  for (const { start, end } of parts.filter((part) => part.number === 3))
    for (let at = start; at < end && shape.length <= 64;) {
      const size = varint(source, at, end);
      shape.push(Number(BigInt.asIntN(64, size.value)));
      at = size.end;
    }
  const elements = shape.some((size) => size < 0) ? null : elementCount(shape);
  if (elements === null || elements > MOST_ELEMENTS || shape.length > 64)
    throw badInput(
      `${file.name}: sparse tensor "${name}" of [${shape.join(', ')}] has more than ${MOST_ELEMENTS} elements.`,
    );
  const indices = indicesField === undefined ? null : tensorProto(file, indicesField, `${name}: indices`);
  const width = indices?.shape.length === 2 ? shape.length : 1;
  const fits = indices?.dtype === 'I64' && indices.elements === values.elements * width;
  if (indices === null || !fits || values.elements > elements || (bytesFor(dtype, 8) ?? 0) < 8)
    throw badInput(
      `${file.name}: sparse tensor "${name}" does not have one int64 index for each of its values.`,
    );
  const bytes = values.bytes + indices.bytes;
  return { name, dtype, shape, elements, bytes, data: { kind: 'sparse', values, indices } };
}
