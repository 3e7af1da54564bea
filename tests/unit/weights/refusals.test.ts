import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import protobuf from 'protobufjs/minimal.js';
import { describe, expect, it, onTestFinished } from 'vitest';
import { describeHere } from '../../../electron/services/weights/describe-tensor.ts';
import { readOnnx } from '../../../electron/services/weights/read-onnx.ts';
import { readSafetensors } from '../../../electron/services/weights/read-safetensors.ts';

function folder(): string {
  const path = mkdtempSync(join(tmpdir(), 'stateside-weights-'));
  onTestFinished(() => rmSync(path, { recursive: true, force: true }));
  return path;
}

function fileOf(name: string, bytes: Uint8Array): string {
  const path = join(folder(), name);
  writeFileSync(path, bytes);
  return path;
}

const withHeader = (header: string | Buffer, dataBytes: number, length = BigInt(header.length)): Buffer => {
  const start = Buffer.alloc(8);
  start.writeBigUInt64LE(length);
  return Buffer.concat([start, Buffer.from(header), Buffer.alloc(dataBytes)]);
};
const entry = (dtype: string, shape: readonly number[], begin: number, end: number) =>
  JSON.stringify({ dtype, shape, data_offsets: [begin, end] });
const oneTensor = (text: string, dataBytes: number) => withHeader(`{"a":${text}}`, dataBytes);

const emptyTensors = (count: number) =>
  Array.from({ length: count }, (_, at) => `"${at}":${entry('U8', [0], 0, 0)}`).join();
const pairs = (count: number) => Array.from({ length: count }, (_, at) => `"${at}":""`).join();

type Part = readonly [number, number | string | Uint8Array];

function message(...parts: readonly Part[]): Uint8Array {
  const writer = protobuf.Writer.create();
  for (const [number, content] of parts) {
    if (typeof content === 'number') writer.uint32(number << 3).int64(content);
    else if (typeof content === 'string') writer.uint32((number << 3) | 2).string(content);
    else writer.uint32((number << 3) | 2).bytes(content);
  }
  return writer.finish();
}

const model = (...initializers: readonly Uint8Array[]) =>
  message([7, Buffer.concat(initializers.map((each) => message([5, each])))]);
const named = (...parts: readonly Part[]) => message([8, 'a'], ...parts);
const PICKLE = Buffer.from('80049500000000000000', 'hex');
const PYTORCH = Buffer.concat([
  Buffer.from('PK\u0003\u0004'),
  Buffer.alloc(22),
  Buffer.of(16, 0, 0, 0),
  Buffer.from('archive/data.pkl'),
]);

describe('a safetensors file', () => {
  it.each([
    ['ends inside the length', Buffer.of(1, 2, 3), 'ends at byte 3, inside the length of its header'],
    ['ends inside the header', withHeader('{}', 0, 900n), 'ends at byte 10, inside its header of 900 bytes'],
    [
      'claims a header too long',
      withHeader('{}', 0, 32_000_001n),
      'a header of 32000001 bytes at byte 0, more than 32000000',
    ],
    ['lists too many tensors', withHeader(`{${emptyTensors(100_001)}}`, 0), 'more than 100000 tensors'],
    [
      'describes a tensor at great length',
      oneTensor(`{"shape":[${'1,'.repeat(10_000)}1]}`, 0),
      'a member of more than 10000 values (at character',
    ],
    [
      'says too much of itself',
      withHeader(`{"__metadata__":{${pairs(10_001)}}}`, 0),
      'a member of more than 10000 values (at character',
    ],
    ['gives a tensor an endless name', withHeader(`{"${'n'.repeat(16_384)}":{}}`, 0), 'a name of more than'],
    ['is a pickle', PICKLE, 'is a pickle by its first bytes'],
    ['is a pickle without frames', Buffer.from('8002637379730a65786974', 'hex'), 'is a pickle by its first'],
    ['is a pickle of the oldest protocol', Buffer.from('cposix\nsystem\n(Vtrue'), 'more than 32000000'],
    ['is a PyTorch archive', PYTORCH, 'is a PyTorch archive with a pickle in it'],
    ['is a model of ONNX', model(named([2, 8])), 'bytes at byte 0, more than 32000000'],
    [
      'starts a tensor before the data',
      oneTensor(entry('U8', [1], -1, 0), 1),
      'tensor "a" lacks a sound dtype',
    ],
    [
      'starts a tensor past its end',
      oneTensor(entry('U8', [1], 9, 10), 1),
      'tensor "a" leaves a gap at byte',
    ],
    ['ends a tensor before its start', oneTensor(entry('U8', [1], 1, 0), 1), 'its offsets 1 to 0'],
    [
      'has an offset past what can be counted',
      oneTensor(entry('U8', [1], 2 ** 53, 2 ** 53 + 2), 1),
      'the number 9007199254740992 is larger',
    ],
    ['has another magic', withHeader('[1]', 0), 'no "{" at byte 8'],
    [
      'is not JSON',
      withHeader('{"a":}', 0),
      'from byte 8 on that cannot be read: a JSON value is missing (at character 5)',
    ],
    ['is not UTF-8', withHeader(Buffer.of(0x7b, 0xff, 0x7d), 0), 'not UTF-8'],
    [
      'names a tensor twice',
      withHeader(`{"a":${entry('U8', [1], 0, 1)},"a":${entry('U8', [1], 0, 1)}}`, 1),
      '"a" stands twice',
    ],
    [
      'lacks a shape',
      oneTensor('{"dtype":"U8","data_offsets":[0,1]}', 1),
      'tensor "a" lacks a sound dtype, shape',
    ],
    ['has a negative size', oneTensor(entry('U8', [-1], 0, 1), 1), 'tensor "a" lacks a sound dtype, shape'],
    ['has an unknown dtype', oneTensor(entry('F7', [1], 0, 1), 1), 'tensor "a" has the unknown dtype F7'],
    ['has a dtype of ONNX', oneTensor(entry('I4', [2], 0, 1), 1), 'tensor "a" has the unknown dtype I4'],
    [
      'has a shape too large',
      oneTensor(entry('U8', [2 ** 40, 2 ** 40], 0, 1), 1),
      'tensor "a" has more elements',
    ],
    [
      'gives a tensor too few bytes',
      oneTensor(entry('F32', [2], 0, 4), 4),
      'needs 8 bytes, its offsets 0 to 4',
    ],
    ['ends before a tensor', oneTensor(entry('F32', [2], 0, 8), 4), 'before its tensor "a" does'],
    ['holds bytes of no tensor', oneTensor(entry('U8', [1], 0, 1), 5), 'that belong to no tensor'],
    ['has metadata that are no text', withHeader('{"__metadata__":{"a":1}}', 0), '__metadata__'],
    [
      'has tensors that overlap',
      withHeader(`{"a":${entry('U8', [4], 0, 4)},"b":${entry('U8', [4], 2, 6)}}`, 6),
      'tensor "b" overlaps the one before it at byte',
    ],
    [
      'has a gap',
      withHeader(`{"a":${entry('U8', [1], 0, 1)},"b":${entry('U8', [1], 3, 4)}}`, 4),
      'tensor "b" leaves a gap at byte',
    ],
  ])('is refused when it %s', (_, bytes, reason) => {
    expect(() => readSafetensors(fileOf('w.safetensors', bytes), 'w')).toThrow(reason);
  });

  it.each([128, 384, 640, 1152, 1408])(
    'is read although the length of its header, %i bytes, begins as a pickle does',
    (length) => {
      const text = `{"a":${entry('U8', [1], 0, 1)}}`.padEnd(length);
      expect(readSafetensors(fileOf('w.safetensors', withHeader(text, 1)))).toHaveLength(1);
    },
  );
});

const external = (...pairs: readonly (readonly [string, string])[]) =>
  model(
    named([1, 1], [2, 2], [14, 1], ...pairs.map(([key, value]): Part => [13, message([1, key], [2, value])])),
  );
const longName = () => model(message([8, new Uint8Array(2 ** 14)], [2, 8]));
const sparse = (indices: readonly number[], size: number) =>
  message([
    7,
    message([
      15,
      message(
        [1, named([1, indices.length], [2, 2], [9, new Uint8Array(indices.length).fill(1)])],
        [
          2,
          message(
            [1, indices.length],
            [2, 7],
            [9, new Uint8Array(BigInt64Array.from(indices, BigInt).buffer)],
          ),
        ],
        [3, size],
      ),
    ]),
  ]);

describe('an ONNX model', () => {
  it.each([
    [
      'is cut short',
      model(named([1, 4], [2, 2], [9, new Uint8Array(4)])).subarray(0, 9),
      'starts no valid field',
    ],
    [
      'is cut inside its values',
      model(named([1, 4], [2, 1], [9, new Uint8Array(16)])).subarray(0, 20),
      'byte 0',
    ],
    ['holds no graph', message([1, 8]), 'it holds no graph'],
    ['is a pickle', PICKLE, 'is a pickle by its first bytes'],
    ['is a PyTorch archive', PYTORCH, 'is a PyTorch archive with a pickle in it'],
    ['is a safetensors file', oneTensor(entry('U8', [1], 0, 1), 1), 'byte'],
    ['is text', Buffer.from('not a model'), 'byte 1 starts no valid field'],
    [
      'claims a field longer than any file',
      Buffer.from([0x3a, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0x7f]),
      'byte 0 starts no valid field',
    ],
    ['claims a name longer than any name', longName(), 'is longer than a name can be'],
    [
      'holds too many tensors',
      model(...Array.from({ length: 100_001 }, (_, at) => message([8, String(at)], [2, 8]))),
      'more than 100000 tensors',
    ],
    [
      'stores a tensor in too many pieces',
      model(Buffer.concat([named([2, 6]), Buffer.alloc(2 * 65_536, Buffer.of(40, 0))])),
      'has more than 65536 fields',
    ],
    [
      'takes for ever to read',
      message([7, new Uint8Array(42_000_000).map((_, at) => (at % 2 === 0 ? 48 : 0))]),
      'takes more than 20000000 steps to read',
    ],
    [
      'has a tensor of too many axes',
      model(message(...Array.from({ length: 65 }, (): Part => [1, 1]), [2, 2])),
      'axes',
    ],
    [
      'has an unknown data type',
      model(named([1, 1], [2, 99])),
      'tensor "a" at byte 4 has the unknown data type 99',
    ],
    ['has a negative size', model(named([1, -1], [2, 2])), 'shape [-1] of tensor "a" is negative'],
    ['has a shape too large', model(named([1, 2 ** 40], [1, 2 ** 40], [2, 2])), 'too large to count'],
    [
      'has too little data',
      model(named([1, 4], [2, 1], [9, new Uint8Array(8)])),
      'needs 16 bytes of data, not the 8',
    ],
    ['has too few numbers', model(named([1, 4], [2, 6], [5, Uint8Array.of(1, 1)])), 'not the 2 it has'],
    ['cuts a tensor into segments', model(named([1, 1], [2, 2], [3, message([1, 0])])), 'cut into segments'],
    ['names a tensor twice', model(named([2, 8]), named([2, 8])), 'has two tensors named "a"'],
    ['has data nowhere', external(), 'has its data in ""'],
    ['has data above its folder', external(['location', '../secret']), 'has its data in "../secret"'],
    [
      'has data at an absolute path',
      external(['location', '/etc/hostname']),
      'has its data in "/etc/hostname"',
    ],
    ['has data behind a backslash', external(['location', '..\\secret']), 'has its data in "..\\secret"'],
    ['has data in a missing file', external(['location', 'gone']), 'has its data in "gone"'],
    ['has data past the end of a file', external(['location', 'w.onnx'], ['offset', '999']), 'from byte 999'],
    ['has data at no number', external(['location', 'w.onnx'], ['offset', '-1']), 'from byte -1'],
    ['is sparse beyond reason', sparse([0], 2 ** 29), 'has more than 268435456 elements'],
  ])('is refused when it %s', (_, bytes, reason) => {
    expect(() => readOnnx(fileOf('w.onnx', bytes))).toThrow(reason);
  });

  it('is refused when its data lies behind a link', () => {
    const root = folder();
    mkdirSync(join(root, 'inside'));
    writeFileSync(join(root, 'secret'), 'x');
    symlinkSync(join(root, 'secret'), join(root, 'inside', 'data'));
    writeFileSync(join(root, 'inside', 'w.onnx'), external(['location', 'data']));
    expect(() => readOnnx(join(root, 'inside', 'w.onnx'))).toThrow('has its data in "data"');
  });

  it.each([
    ['fall', [3, 1]],
    ['repeat', [2, 2]],
    ['leave the tensor', [1, 9]],
    ['are negative', [-1, 1]],
  ])('is refused when the indices of a sparse tensor %s', (_, indices) => {
    const [tensor] = readOnnx(fileOf('w.onnx', sparse(indices, 8)));
    expect(() => tensor === undefined || describeHere(tensor)).toThrow(
      'is out of order or outside the tensor',
    );
  });
});
