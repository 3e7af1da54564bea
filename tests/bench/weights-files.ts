import { closeSync, ftruncateSync, openSync, writeFileSync, writeSync } from 'node:fs';
import protobuf from 'protobufjs/minimal.js';

/** The size of what is called large; STATESIDE_BENCH_GB makes it smaller or larger. */
export const LARGE = Number(process.env['STATESIDE_BENCH_GB'] ?? 4) * 2 ** 30;

const COLUMNS = 64;
const CHUNK = 2 ** 22;
const RAW_DATA = 9;

/** Where a file lies and at which byte its values begin. */
export interface MadeFile {
  readonly path: string;
  readonly dataStart: number;
}

/** A safetensors file with one float32 table of 64 columns, its numbers spread like weights: sums of three uniform ones. */
export function writeTable(path: string, bytes: number, scale: number): MadeFile {
  const shape = [bytes / 4 / COLUMNS, COLUMNS];
  const header = JSON.stringify({ table: { dtype: 'F32', shape, data_offsets: [0, bytes] } });
  const length = Buffer.alloc(8);
  length.writeBigUInt64LE(BigInt(header.length));
  const file = openSync(path, 'w');
  writeSync(file, Buffer.concat([length, Buffer.from(header)]));
  let state = 1;
  const uniform = () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32 - 0.5;
  };
  const values = Float32Array.from(
    { length: CHUNK / 4 },
    () => scale * 0.1 * (uniform() + uniform() + uniform()),
  );
  for (let at = 0; at < bytes; at += CHUNK) {
    values[0] = at / bytes;
    writeSync(file, new Uint8Array(values.buffer, 0, Math.min(CHUNK, bytes - at)));
  }
  closeSync(file);
  return { path, dataStart: 8 + header.length };
}

/** A safetensors file with that many float32 matrices of 16 by 16, as a model of many small layers has. */
export function writeMany(path: string, tensors: number): string {
  const bytes = 16 * 16 * 4;
  const entries = Array.from({ length: tensors }, (_, at) => [
    `layers.${at}.attention.query.weight`,
    { dtype: 'F32', shape: [16, 16], data_offsets: [at * bytes, (at + 1) * bytes] },
  ]);
  const header = Buffer.from(JSON.stringify(Object.fromEntries(entries)));
  const length = Buffer.alloc(8);
  length.writeBigUInt64LE(BigInt(header.length));
  const values = Float32Array.from({ length: tensors * 16 * 16 }, (_, at) => Math.sin(at));
  writeFileSync(path, Buffer.concat([length, header, new Uint8Array(values.buffer)]));
  return path;
}

/** A model with one float32 initializer, its data a hole in the file: past 2 GB, where protobuf's own parsers end, too. */
export function writeModel(path: string, bytes: number): string {
  const start = tensor(bytes).uint32(key(RAW_DATA)).uint64(bytes).finish();
  const head = model(start, bytes);
  const file = openSync(path, 'w');
  writeSync(file, head);
  ftruncateSync(file, head.length + bytes);
  closeSync(file);
  return path;
}

/** A model with one float32 initializer whose values lie in a file beside it. */
export function writeExternalModel(path: string, location: string, offset: number, bytes: number): string {
  const pairs = { location, offset: String(offset), length: String(bytes) };
  const writer = tensor(bytes)
    .uint32(14 << 3)
    .int32(1);
  for (const [name, value] of Object.entries(pairs)) {
    const entry = protobuf.Writer.create().uint32(key(1)).string(name).uint32(key(2)).string(value);
    writer.uint32(key(13)).bytes(entry.finish());
  }
  const file = openSync(path, 'w');
  writeSync(file, model(writer.finish(), 0));
  closeSync(file);
  return path;
}

const key = (field: number): number => (field << 3) | 2;

const tensor = (bytes: number): protobuf.Writer =>
  protobuf.Writer.create()
    .uint32(1 << 3)
    .int64(bytes / 4)
    .uint32(2 << 3)
    .int32(1)
    .uint32(key(8))
    .string('table');

/** The start of a model up to where `bytes` of data follow that its tensor ends in. */
function model(tensor: Uint8Array, bytes: number): Buffer {
  const graph = Buffer.from(
    protobuf.Writer.create()
      .uint32(key(5))
      .uint64(tensor.length + bytes)
      .finish(),
  );
  const start = protobuf.Writer.create()
    .uint32(key(7))
    .uint64(graph.length + tensor.length + bytes)
    .finish();
  return Buffer.concat([start, graph, tensor]);
}
