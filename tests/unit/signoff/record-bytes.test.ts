import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { canonicalJson } from '../../../shared/domain/statements/canonical-json.ts';
import { writeRecord } from '../../../electron/services/signoff/record.ts';
import { good, payload, verify } from './recorded.ts';

const meaning = (value: string): string | null => {
  try {
    return canonicalJson(JSON.parse(value));
  } catch {
    return null;
  }
};

describe('one changed byte', () => {
  const text = writeRecord(good);
  const bytes = Buffer.from(text);

  it('anywhere in a record makes it fail, unless it only moves white space', () => {
    fc.assert(
      fc.property(fc.nat(bytes.length - 1), fc.integer({ min: 1, max: 255 }), (place, change) => {
        const changed = Buffer.from(bytes);
        changed[place] = (changed[place] ?? 0) ^ change;
        const read = changed.toString('utf8');
        fc.pre(meaning(read) !== meaning(text));
        expect(verify(read).ok).toBe(false);
      }),
      { numRuns: 3000 },
    );
  }, 120_000);

  it('in the signed statement, put back under the same signatures, makes both signatures fail', () => {
    const statement = Buffer.from(payload);
    fc.assert(
      fc.property(fc.nat(statement.length - 1), fc.integer({ min: 1, max: 255 }), (place, change) => {
        const changed = Buffer.from(statement);
        changed[place] = (changed[place] ?? 0) ^ change;
        expect(verify({ ...good, payload: changed.toString('base64') }).ok).toBe(false);
      }),
      { numRuns: 2000 },
    );
  }, 120_000);
});
