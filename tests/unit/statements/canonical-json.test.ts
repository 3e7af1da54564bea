import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { canonicalJson } from '../../../shared/domain/statements/canonical-json.ts';
import { parseStrictJson } from '../../../shared/domain/statements/strict-json.ts';

const folder = join(import.meta.dirname, '../../fixtures/vectors/jcs');
const cases = readdirSync(folder).filter((name) => name.endsWith('.input.json'));

describe('canonical JSON', () => {
  it('has all six published RFC 8785 cases at hand', () => expect(cases).toHaveLength(6));

  it.each(cases)('writes %s as the published output', (name) => {
    const input = readFileSync(join(folder, name), 'utf8');
    const output = readFileSync(join(folder, name.replace('.input.', '.output.')), 'utf8');
    expect(canonicalJson(parseStrictJson(input))).toBe(output.trimEnd());
  });

  it('says the same whatever the order of names', () => {
    expect(canonicalJson({ b: 1, a: [{ d: 2, c: 3 }] })).toBe(canonicalJson({ a: [{ c: 3, d: 2 }], b: 1 }));
  });

  it.each([undefined, Number.NaN, Number.POSITIVE_INFINITY, '\ud800', { a: '\udc00' }])(
    'refuses %o',
    (value) => {
      expect(() => canonicalJson(value)).toThrow();
    },
  );
});

describe('the strict parser', () => {
  it('reads what JSON.stringify writes, as JSON.parse does', () => {
    const exact = fc.oneof(
      fc.maxSafeInteger(),
      fc.double({ noNaN: true, noDefaultInfinity: true, min: -1e15, max: 1e15 }),
    );
    const { value } = fc.letrec((tie) => ({
      value: fc.oneof(
        { maxDepth: 4 },
        fc.string({ unit: 'grapheme' }),
        exact,
        fc.boolean(),
        fc.constant(null),
        fc.array(tie('value'), { maxLength: 4 }),
        fc.dictionary(fc.string({ unit: 'grapheme' }), tie('value'), { maxKeys: 4 }),
      ),
    }));
    fc.assert(
      fc.property(value, fc.constantFrom(0, 2), (json, indent) => {
        const text = JSON.stringify(json, undefined, indent);
        expect(JSON.stringify(parseStrictJson(text))).toBe(JSON.stringify(JSON.parse(text)));
      }),
      { numRuns: 500 },
    );
  });

  it.each([
    ['{"a":1,"a":2}', 'stands twice'],
    ['{"a":1,"\\u0061":2}', 'stands twice'],
    ['{"x":{"__proto__":1,"__proto__":2}}', 'stands twice'],
    ['"\\ud800"', 'surrogate'],
    ['"\\udc00\\ud800"', 'surrogate'],
    ['9007199254740993', 'finer than a double'],
    ['-9007199254740992', 'finer than a double'],
    ['0.1000000000000000055511', 'finer than a double'],
    ['1e400', 'finer than a double'],
    ['01', 'after the end'],
    ['1 2', 'after the end'],
    ['[1,]', 'value is missing'],
    ['{"a":1,}', 'name in double quotes'],
    ['{a:1}', 'name in double quotes'],
    ['{"a" 1}', 'colon'],
    ['[1', 'comma or ]'],
    ['"a\nb"', 'control character'],
    ['"\\x41"', 'unknown escape'],
    ['"\\u12G4"', 'four hex digits'],
    ['"open', 'not closed'],
    ['NaN', 'value is missing'],
    ['', 'value is missing'],
    ['\ufeff1', 'value is missing'],
    [`${'['.repeat(80)}${']'.repeat(80)}`, 'nesting deeper'],
  ])('refuses %s', (text, problem) => {
    expect(() => parseStrictJson(text)).toThrow(problem);
  });

  it('takes control characters above U+001F as they are, which JSON allows', () => {
    const text = '"\u007fa\u0085\u009fb"';
    expect(parseStrictJson(text)).toBe(JSON.parse(text));
  });

  it('keeps a member called __proto__ a member', () => {
    const parsed = parseStrictJson('{"__proto__":{"admin":true}}');
    expect(Object.keys(parsed ?? {})).toEqual(['__proto__']);
    expect(Object.getPrototypeOf(parsed)).toBe(Object.prototype);
  });
});
