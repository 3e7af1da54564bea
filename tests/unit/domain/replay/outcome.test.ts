import * as fc from 'fast-check';
import { expect, it } from 'vitest';
import { outcomeJson } from '../../../../shared/domain/replay/outcome.ts';
import { canonicalJson } from '../../../../shared/domain/statements/canonical-json.ts';

const sides = <Value>(value: fc.Arbitrary<Value>) => fc.record({ baseline: value, candidate: value });
const share = fc.double({ min: 0, max: 1, noNaN: true });
const outcome = fc.record({
  requestId: fc.string({ unit: 'binary' }),
  candidates: fc.nat(),
  baseline: fc.array(fc.string({ unit: 'binary' })),
  candidate: fc.array(fc.string({ unit: 'binary' })),
  overlap: share,
  rbo: share,
  firstChanged: fc.boolean(),
  largestMove: fc.nat(),
  ndcg: fc.option(sides(share)),
  labelled: sides(fc.nat()),
});

it('writes an outcome as canonical JSON does, to the byte', () => {
  fc.assert(
    fc.property(outcome, (made) => {
      expect(outcomeJson(made)).toBe(canonicalJson(made));
    }),
  );
});
