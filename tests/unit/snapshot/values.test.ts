import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseAttributes } from '../../../electron/database/snapshot/attributes.ts';
import { blobFloats, floatBlob } from '../../../electron/database/snapshot/float-blob.ts';
import { storedId } from '../../../electron/database/snapshot/ids.ts';
import { readIntegers } from '../../../electron/database/snapshot/integers.ts';
import { IdPlaces } from '../../../shared/domain/ranking/id-places.ts';
import { Recent } from '../../../electron/database/snapshot/recent.ts';

describe('ids as they are stored', () => {
  it('keep every digit of a 64-bit integer', () => {
    fc.assert(
      fc.property(fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n }), (id) => {
        expect(BigInt(storedId(String(id), 'integer') ?? 0)).toBe(id);
      }),
    );
  });

  it.each(['', '007', '-0', '+1', ' 1', '1.0', '1e3', 'x', '9223372036854775808', '-9223372036854775809'])(
    'have one spelling, so "%s" is no integer id',
    (id) => {
      expect(storedId(id, 'integer')).toBeNull();
      expect(storedId(id, 'text')).toBe(id);
    },
  );
});

describe('floats in a blob', () => {
  it('are float32, little-endian', () => {
    expect(Buffer.from(floatBlob(Float32Array.of(1, -2.5))).toString('hex')).toBe('0000803f000020c0');
  });

  it('come back bit by bit wherever the blob lies in memory', () => {
    fc.assert(
      fc.property(fc.float32Array(), fc.nat(7), (floats, shift) => {
        const memory = new Uint8Array(shift + floats.byteLength);
        memory.set(floatBlob(floats), shift);
        expect(blobFloats(memory.subarray(shift))).toEqual(floats);
      }),
    );
  });

  it('are not copied when the blob is aligned', () => {
    const blob = new Uint8Array(16);
    expect(blobFloats(blob.subarray(4)).buffer).toBe(blob.buffer);
  });
});

describe('attributes', () => {
  it('are one flat JSON object', () => {
    expect(parseAttributes('{"age_band":"18-24","tenure":3,"new":true,"gone":null}')).toEqual({
      age_band: '18-24',
      tenure: 3,
      new: true,
      gone: null,
    });
    expect(parseAttributes('{}')).toEqual({});
  });

  it.each(['', 'null', '[]', '1', '"x"', '{', '{"deep":{}}', '{"list":[1]}'])('are not %s', (json) => {
    expect(parseAttributes(json)).toBeNull();
  });
});

describe('what was used recently', () => {
  it('is kept, and never more than twice the size', () => {
    const recent = new Recent<number, number>(10);
    for (let key = 0; key < 1000; key++) {
      recent.set(key, key);
      for (let used = Math.max(0, key - 9); used <= key; used++) expect(recent.get(used)).toBe(used);
    }
    const kept = Array.from({ length: 1000 }, (_, key) => recent.get(key)).filter(
      (value) => value !== undefined,
    );
    expect(kept.length).toBeLessThanOrEqual(20);
  });
});

describe('a list of integers in JSON', () => {
  const read = (json: string, from = 0, room = 8): number[] | null => {
    const into = new Float64Array(room);
    const count = readIntegers(json, from, into);
    return count === -1 ? null : [...into.subarray(0, count)];
  };

  it('is read as JSON reads it, wherever it begins', () => {
    fc.assert(
      fc.property(fc.array(fc.maxSafeInteger(), { maxLength: 8 }), fc.array(fc.nat()), (integers, before) => {
        const first = JSON.stringify(before);
        expect(read(first + JSON.stringify(integers), first.length)).toEqual(integers);
      }),
    );
  });

  it('is refused where it holds more than there is room for, or anything that is no integer', () => {
    expect(read('[1,2,3]', 0, 2)).toBeNull();
    for (const json of [
      '["1"]',
      '[1.5]',
      '[1e3]',
      '[null]',
      '[1,null]',
      '[1,"a"]',
      '[-]',
      '[1',
      '[1,',
      '[',
    ]) {
      expect(read(json)).toBeNull();
    }
  });
});

describe('places of ids', () => {
  const id = fc.oneof(fc.maxSafeInteger(), fc.integer({ min: -9, max: 9 }), fc.string());

  it('are those they were given, and none for other ids', () => {
    fc.assert(
      fc.property(fc.uniqueArray(id, { maxLength: 40 }), fc.array(id), (given, asked) => {
        const places = new IdPlaces();
        for (const [place, one] of given.entries()) places.set(one, place);
        for (const one of [...given, ...asked]) expect(places.get(one)).toBe(given.indexOf(one));
      }),
    );
  });
});
