import { mkdtempSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import protobuf from 'protobufjs/minimal.js';
import { expect, it, onTestFinished } from 'vitest';
import { inspectOnnx } from '../../../electron/services/onnx/inspect.ts';
import { writeOnnx } from '../../../electron/services/onnx/write.ts';

function file(bytes: Uint8Array): string {
  const folder = mkdtempSync(join(tmpdir(), 'stateside-test-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  writeFileSync(join(folder, 'model.onnx'), bytes);
  return join(folder, 'model.onnx');
}

const field = (number: number, content: Uint8Array | string): Uint8Array => {
  const writer = protobuf.Writer.create().uint32((number << 3) | 2);
  return (typeof content === 'string' ? writer.string(content) : writer.bytes(content)).finish();
};

it('tells inputs, outputs and operators, and leaves out an input that an initializer fills', () => {
  const path = file(
    writeOnnx({
      name: 'old style',
      inputs: [
        { name: 'features', shape: ['N', 3] },
        { name: 'w', shape: [3, 1] },
      ],
      outputs: [{ name: 'p', shape: ['N', 1] }],
      nodes: [{ op: 'MatMul', inputs: ['features', 'w'], outputs: ['p'] }],
      initializers: [{ name: 'w', shape: [3, 1], data: Float32Array.of(1, 2, 3) }],
    }),
  );
  expect(inspectOnnx(path)).toEqual({
    inputs: [{ name: 'features', type: 'float32', shape: ['N', 3] }],
    outputs: [{ name: 'p', type: 'float32', shape: ['N', 1] }],
    domains: new Map([['', 'MatMul']]),
    externalData: [],
  });
});

it('reads a model of two gigabytes without holding it', () => {
  const before = process.memoryUsage().rss;
  const tensorBytes = 2 ** 31;
  const tensor = Buffer.concat([
    field(8, 'w'),
    protobuf.Writer.create()
      .uint32((9 << 3) | 2)
      .uint32(tensorBytes)
      .finish(),
  ]);
  const tensorHead = protobuf.Writer.create()
    .uint32((5 << 3) | 2)
    .uint32(tensor.length + tensorBytes)
    .finish();
  const graphHead = protobuf.Writer.create()
    .uint32((7 << 3) | 2)
    .uint32(tensorHead.length + tensor.length + tensorBytes)
    .finish();
  const head = Buffer.concat([graphHead, tensorHead, tensor]);
  const path = file(head);
  truncateSync(path, head.length + tensorBytes);
  expect(inspectOnnx(path).inputs).toEqual([]);
  expect(process.memoryUsage().rss - before).toBeLessThan(64 * 2 ** 20);
});

it('sees the operators of local functions and of training graphs', () => {
  const foreignNode = Buffer.concat([field(4, 'Spy'), field(7, 'foreign')]);
  const inFunction = Buffer.concat([field(7, new Uint8Array(0)), field(25, field(7, foreignNode))]);
  const inTraining = Buffer.concat([field(7, new Uint8Array(0)), field(20, field(2, field(1, foreignNode)))]);
  for (const model of [inFunction, inTraining]) {
    expect(inspectOnnx(file(model)).domains.get('foreign')).toBe('Spy');
  }
});

it('sees tensor data outside the file wherever a tensor stands', () => {
  const tensor = field(13, Buffer.concat([field(1, 'location'), field(2, '/etc/passwd')]));
  const attribute = field(7, field(1, field(5, field(5, tensor))));
  const listed = field(7, field(1, field(5, field(10, tensor))));
  const sparse = field(7, field(15, field(1, tensor)));
  const second = Buffer.concat([field(7, new Uint8Array(0)), field(7, field(5, tensor))]);
  for (const model of [attribute, listed, sparse, second]) {
    expect(inspectOnnx(file(model)).externalData).toEqual(['/etc/passwd']);
  }
});

it('refuses graphs nested without end', () => {
  let graph: Uint8Array = new Uint8Array(0);
  for (let depth = 0; depth < 100; depth += 1) graph = field(1, field(5, field(6, graph)));
  expect(() => inspectOnnx(file(field(7, graph)))).toThrow(
    /model\.onnx is not a readable ONNX model \(graphs are nested more than 32 deep\)/,
  );
});
