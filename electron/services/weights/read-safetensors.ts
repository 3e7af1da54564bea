import { closeSync, fstatSync, openSync, readSync } from 'node:fs';
import { z } from 'zod';
import { badInput } from '../../../shared/domain/error.ts';
import { eachStrictMember, type JsonValue } from '../../../shared/domain/statements/strict-json.ts';
import { bytesFor, elementCount, isDtype, type Dtype } from '../../../shared/domain/weights/dtype.ts';
import { PICKLE_START, pickleProblem } from '../releases/pickle.ts';
import type { StoredTensor } from './stored-tensor.ts';
import { checkTensorCount } from './tensor-count.ts';

/** What the format allows. */
const FORMATS_LONGEST_HEADER = 100_000_000;
/** A third of that; `MOST_TENSORS` tensors take half of it. */
const LONGEST_HEADER = 32_000_000;
const LENGTH_BYTES = 8;
/** Values that a tensor's entry, or all metadata, consist of. */
const MOST_PARTS = 10_000;

/** The types of the format, FNUZ as later versions add it; ONNX has some that it lacks. */
const DTYPES: ReadonlySet<Dtype> = new Set([
  'BOOL',
  'F4',
  'F6_E2M3',
  'F6_E3M2',
  'U8',
  'I8',
  'F8_E5M2',
  'F8_E4M3',
  'F8_E5M2FNUZ',
  'F8_E4M3FNUZ',
  'F8_E8M0',
  'I16',
  'U16',
  'F16',
  'BF16',
  'I32',
  'U32',
  'F32',
  'C64',
  'F64',
  'I64',
  'U64',
]);

const Size = z.int().nonnegative();
const Entry = z.strictObject({
  dtype: z.string(),
  shape: z.array(Size).max(64),
  data_offsets: z.tuple([Size, Size]),
});
const Metadata = z.record(z.string(), z.string());

/**
 * The tensors of a safetensors file in the order of their bytes, read from its header alone. Holds the header to
 * https://github.com/huggingface/safetensors#format: each byte of data belongs to one tensor. `name` is what
 * sentences call the file.
 */
export function readSafetensors(path: string, name = path): StoredTensor[] {
  const file = openSync(path, 'r');
  try {
    const { size } = fstatSync(file);
    const length = headerLength(file, size, name);
    const tensors = listedTensors(path, name, headerText(file, length, name), LENGTH_BYTES + length);
    checkContiguity(name, tensors, LENGTH_BYTES + length, size);
    return tensors;
  } finally {
    closeSync(file);
  }
}

function headerLength(file: number, size: number, name: string): number {
  const start = Buffer.alloc(PICKLE_START);
  const count = readSync(file, start, 0, PICKLE_START, 0);
  const problem = pickleProblem(start.subarray(0, count));
  if (problem !== null) throw badInput(`${name} ${problem}.`);
  if (count < LENGTH_BYTES)
    throw badInput(`${name} ends at byte ${size}, inside the length of its header; export it again.`);
  const length = start.readBigUInt64LE();
  if (length > BigInt(LONGEST_HEADER)) {
    const remedy =
      length > BigInt(FORMATS_LONGEST_HEADER)
        ? 'it is not a safetensors file, so export it again'
        : 'split it into several files';
    throw badInput(
      `${name} claims a header of ${length} bytes at byte 0, more than ${LONGEST_HEADER}; ${remedy}.`,
    );
  }
  if (Number(length) > size - LENGTH_BYTES)
    throw badInput(`${name} ends at byte ${size}, inside its header of ${length} bytes; export it again.`);
  return Number(length);
}

function headerText(file: number, length: number, name: string): string {
  const bytes = Buffer.alloc(length);
  readSync(file, bytes, 0, length, LENGTH_BYTES);
  if (bytes[0] !== 0x7b)
    throw badInput(
      `${name} has no "{" at byte ${LENGTH_BYTES}, where a safetensors header starts; export it again.`,
    );
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes).trimEnd();
  } catch {
    throw unreadable(name, 'it is not UTF-8 text');
  }
}

const unreadable = (name: string, reason: string) =>
  badInput(
    `${name} has a header from byte ${LENGTH_BYTES} on that cannot be read: ${reason}; export it again.`,
  );

/** The tensors of a header in the order of their bytes. */
function listedTensors(path: string, name: string, header: string, dataStart: number): StoredTensor[] {
  const tensors: StoredTensor[] = [];
  try {
    eachStrictMember(header, MOST_PARTS, (tensor, entry) => {
      if (tensor === '__metadata__') checkMetadata(name, entry);
      else checkTensorCount(name, tensors.push(tensorOf(path, name, tensor, entry, dataStart)));
    });
  } catch (error) {
    if (error instanceof SyntaxError) throw unreadable(name, error.message);
    throw error;
  }
  return tensors.toSorted((left, right) => startOf(left) - startOf(right) || left.bytes - right.bytes);
}

function checkMetadata(name: string, entry: JsonValue): void {
  if (!Metadata.safeParse(entry).success)
    throw badInput(`${name}: __metadata__ is not a map from text to text; export it again.`);
}

const startOf = ({ data }: StoredTensor) => (data.kind === 'raw' ? (data.pieces[0]?.start ?? 0) : 0);

/** Each byte of data belongs to one tensor. */
function checkContiguity(
  name: string,
  tensors: readonly StoredTensor[],
  dataStart: number,
  size: number,
): void {
  let end = dataStart;
  for (const tensor of tensors) {
    const start = startOf(tensor);
    if (start !== end)
      throw badInput(
        `${name}: tensor "${tensor.name}" ${start < end ? 'overlaps the one before it' : 'leaves a gap'} at byte ${Math.min(start, end)}; export it again.`,
      );
    end = start + tensor.bytes;
    if (end > size)
      throw badInput(
        `${name} ends at byte ${size}, before its tensor "${tensor.name}" does at byte ${end}; export it again.`,
      );
  }
  if (end < size)
    throw badInput(
      `${name} has ${size - end} bytes from byte ${end} on that belong to no tensor; export it again.`,
    );
}

function tensorOf(
  path: string,
  name: string,
  tensor: string,
  entry: JsonValue,
  dataStart: number,
): StoredTensor {
  const parsed = Entry.safeParse(entry);
  if (!parsed.success)
    throw badInput(
      `${name}: tensor "${tensor}" lacks a sound dtype, shape or data_offsets; export it again.`,
    );
  const {
    dtype,
    shape,
    data_offsets: [begin, end],
  } = parsed.data;
  if (!isDtype(dtype) || !DTYPES.has(dtype))
    throw badInput(
      `${name}: tensor "${tensor}" has the unknown dtype ${dtype}; store it as one safetensors knows.`,
    );
  const elements = elementCount(shape);
  const bytes = elements === null ? null : bytesFor(dtype, elements);
  if (elements === null || bytes === null)
    throw badInput(
      `${name}: the shape [${shape.join(', ')}] of tensor "${tensor}" has more elements than can be counted.`,
    );
  if (end - begin !== bytes)
    throw badInput(
      `${name}: tensor "${tensor}" of ${dtype} [${shape.join(', ')}] needs ${bytes} bytes, its offsets ${begin} to ${end} do not give them; export it again.`,
    );
  const pieces = [{ path, start: dataStart + begin, end: dataStart + end }];
  return { name: tensor, dtype, shape, elements, bytes, data: { kind: 'raw', pieces } };
}
