import fc from 'fast-check';
import { expect, it } from 'vitest';
import { entryText, LogEvent } from '../../../shared/domain/log/entry.ts';
import { canonicalJson } from '../../../shared/domain/statements/canonical-json.ts';

const word = fc.string({ unit: 'grapheme', minLength: 1 });
const entry = fc.record({
  seq: fc.nat(),
  at: fc.constant('2026-11-20T12:00:00.000Z'),
  actor: word,
  action: word,
  subject: fc.string({ unit: 'binary' }),
  body: fc.jsonValue().map((value) => JSON.parse(JSON.stringify(value))),
  previous: fc.constantFrom(null, 'c'.repeat(64)),
});

it('writes an entry as RFC 8785 does', () =>
  fc.assert(
    fc.property(entry, (made) => {
      expect(entryText(made, canonicalJson(made.body))).toBe(canonicalJson(made));
    }),
  ));

it('takes no event that UTF-8 cannot say', () => {
  const event = {
    at: '2026-11-20T12:00:00.000Z',
    actor: 'a',
    action: 'b',
    subject: '\ud83d\ude00',
    body: null,
  };
  expect(LogEvent.safeParse(event).success).toBe(true);
  for (const field of ['actor', 'action', 'subject'])
    expect(LogEvent.safeParse({ ...event, [field]: 'half of \ud83d' }).error?.message).toContain('surrogate');
});
