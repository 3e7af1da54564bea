import * as fc from 'fast-check';
import protobuf from 'protobufjs/minimal.js';
import { describe, expect, it } from 'vitest';
import { fields, fieldText, type ByteSource, type Field } from '../../../electron/services/onnx/walk.ts';

const inMemory = (bytes: Uint8Array): ByteSource => ({
  size: bytes.length,
  read(offset, length) {
    if (offset + length > bytes.length) throw new RangeError('past the end');
    return bytes.subarray(offset, offset + length);
  },
  spend() {},
});

function walk(bytes: Uint8Array): Field[] {
  return [...fields(inMemory(bytes), { start: 0, end: bytes.length })];
}

const anyField = fc.oneof(
  fc.record({
    number: fc.integer({ min: 1, max: 536_870_911 }),
    value: fc.bigInt({ min: 0n, max: 2n ** 64n - 1n }),
  }),
  fc.record({ number: fc.integer({ min: 1, max: 536_870_911 }), text: fc.string({ unit: 'grapheme' }) }),
  fc.record({ number: fc.integer({ min: 1, max: 100 }), float: fc.float() }),
  fc.record({ number: fc.integer({ min: 1, max: 100 }), double: fc.double() }),
);

describe('the walk over a protobuf message', () => {
  it('finds the fields that protobufjs wrote', () => {
    fc.assert(
      fc.property(fc.array(anyField), (message) => {
        const writer = protobuf.Writer.create();
        for (const field of message) {
          if ('value' in field)
            writer.uint32(field.number * 8).uint64(String(BigInt.asIntN(64, field.value)));
          else if ('text' in field) writer.uint32(((field.number << 3) | 2) >>> 0).string(field.text);
          else if ('float' in field) writer.uint32((field.number << 3) | 5).float(field.float);
          else writer.uint32((field.number << 3) | 1).double(field.double);
        }
        const bytes = writer.finish();
        const found = walk(bytes);
        expect(found.map((field) => field.number)).toEqual(message.map((field) => field.number));
        for (const [index, field] of message.entries()) {
          const at = found[index];
          if (at === undefined) throw new Error('a field is missing');
          if ('value' in field) expect(at.value).toBe(field.value);
          if ('text' in field) expect(fieldText(inMemory(bytes), at)).toBe(field.text);
          if ('float' in field) expect(at.end - at.start).toBe(4);
          if ('double' in field) expect(at.end - at.start).toBe(8);
        }
      }),
    );
  });

  it('ends on any bytes, with fields inside them or with a RangeError', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => {
        try {
          for (const field of walk(bytes)) expect(field.end).toBeLessThanOrEqual(bytes.length);
        } catch (error) {
          expect(error).toBeInstanceOf(RangeError);
        }
      }),
      { numRuns: 2000 },
    );
  });
});
