import { badInput } from '../../../shared/domain/error.ts';
import { csvLine } from '../../../shared/domain/csv.ts';
import { npyHeader, numpyType } from '../../../shared/domain/weights/npy.ts';
import {
  parseSlice,
  sliceCount,
  sliceLines,
  sliceShape,
  type Slice,
} from '../../../shared/domain/weights/slice.ts';
import { SliceReader } from './slice-reader.ts';
import type { StoredTensor } from './stored-tensor.ts';
import { tensorTexts } from './tensor-texts.ts';

export const TENSOR_FORMS = ['npy', 'csv'] as const;
export type TensorForm = (typeof TENSOR_FORMS)[number];

const ELEMENTS_OF_PART = 262_144;
const TEXTS_OF_PART = 65_536;
/** A CSV line of more values is read by few tools, so each value gets a line of its own. */
const WIDEST_LINE = 16_384;

/** Which elements of a tensor are written, in which form. */
export interface TensorFile {
  readonly tensor: StoredTensor;
  /** As `parseSlice` reads it. */
  readonly slice: string;
  readonly form: TensorForm;
}

/** Some bytes of such a file; `next` is the element the following part begins with, null after the last. */
export interface TensorPart {
  readonly bytes: Uint8Array<ArrayBuffer>;
  readonly next: number | null;
}

/** The bytes of a file from element `from` of the slice on; the header comes with the first. */
export function tensorPart({ tensor, slice: text, form }: TensorFile, from: number): TensorPart {
  if (tensor.dtype === 'STRING')
    throw badInput(`Tensor "${tensor.name}" holds text, which is not exported; choose one of numbers`);
  const slice = parseSlice(text, tensor.shape);
  const count = sliceCount(slice);
  const to = Math.min(count, from + partLength(slice, form));
  const reader = new SliceReader(tensor, slice);
  try {
    const bytes =
      form === 'npy'
        ? npyPart(reader, tensor, slice, from, to - from)
        : csvPart(reader, tensor, slice, from, to - from);
    return { bytes, next: to < count ? to : null };
  } finally {
    reader.close();
  }
}

/** A part of a CSV file ends with a line. */
function partLength(slice: Slice, form: TensorForm): number {
  if (form === 'npy') return ELEMENTS_OF_PART;
  const { columns } = sliceLines(slice, WIDEST_LINE);
  return columns * Math.max(1, Math.floor(TEXTS_OF_PART / Math.max(1, columns)));
}

function npyPart(
  reader: SliceReader,
  tensor: StoredTensor,
  slice: Slice,
  from: number,
  count: number,
): Uint8Array<ArrayBuffer> {
  const type = numpyType(tensor.dtype);
  if (type === null) throw badInput(`Tensor "${tensor.name}" holds text, which numpy has no type for`);
  const data =
    type.widened || tensor.dtype === 'BOOL'
      ? widened(type.descr, reader.values(from, count))
      : reader.bytes(from, count);
  return from === 0 ? joined(npyHeader(type.descr, sliceShape(slice)), data) : data;
}

function widened(descr: string, values: Float64Array): Uint8Array<ArrayBuffer> {
  if (descr === '|i1') return new Uint8Array(Int8Array.from(values).buffer);
  if (descr === '<f4') return new Uint8Array(Float32Array.from(values).buffer);
  return Uint8Array.from(values);
}

function joined(head: Uint8Array, tail: Uint8Array): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(head.length + tail.length);
  bytes.set(head);
  bytes.set(tail, head.length);
  return bytes;
}

/** Where a line stands, then its values; a heading names axes, and columns by their place on the last axis. */
function csvPart(
  reader: SliceReader,
  tensor: StoredTensor,
  slice: Slice,
  from: number,
  count: number,
): Uint8Array<ArrayBuffer> {
  const { columns, axes, placeOf } = sliceLines(slice, WIDEST_LINE);
  const last = slice.findLast(({ kept }) => kept)?.from ?? 0;
  const single = axes.length === sliceShape(slice).length;
  const named = single ? ['value'] : Array.from({ length: columns }, (_, at) => String(last + at));
  const lines = from === 0 ? [csvLine([...axes.map((axis) => `axis ${axis}`), ...named])] : [];
  const texts = tensorTexts(reader, tensor, from, count);
  for (let at = 0; at < texts.length; at += columns)
    lines.push(`${[...placeOf((from + at) / columns), ...texts.slice(at, at + columns)].join(',')}\r\n`);
  return new TextEncoder().encode(lines.join(''));
}
