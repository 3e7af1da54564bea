import { describe, expect, it } from 'vitest';
import { misreadBecause } from '../../../shared/domain/plain-name.ts';
import { ReleaseManifest } from '../../../shared/domain/release/manifest.ts';
import { Person, Roster } from '../../../shared/domain/roster/roster.ts';
import { cast, chainOf, person, rosterText } from '../signoff/cast.ts';

const MANIFEST = {
  ...{
    name: 'for-you',
    version: 'us-2026.11.0',
    team: 'us',
    parent: null,
    created_at: '2026-01-01T00:00:00Z',
  },
  ...{ submitted_by: 'Mara Quiñones', intended_use: 'Ranks feeds.' },
};

describe('a name that the eye takes for another one', () => {
  it.each(['Dana Whitfield', 'Mara Quiñones', 'Иван Петров', 'Zoë 李 Ω', 'us-2026.11.0', "O'Neil"])(
    'is not %s',
    (name) => expect(misreadBecause(name)).toBeNull(),
  );

  it.each([
    ['a Cyrillic a among Latin letters', 'D\u0430na', 'mixes Latin and Cyrillic letters in “D\u0430na”'],
    ['a Greek o among Latin letters', 'J\u03bfel', 'mixes Latin and Greek letters'],
    ['a line turned round', 'us-2026\u202e0.11', 'holds a character that is not seen'],
    ['a space without width', 'Dana\u200b Whitfield', 'holds a character that is not seen'],
    ['a control character', 'Dana\u0007', 'holds a character that is not seen'],
  ])('has %s', (_, name, because) => expect(misreadBecause(name)).toContain(because));

  it('stands on no roster, and on no release', () => {
    const dana = { ...person(cast.ada), name: 'D\u0430na' };
    expect(Person.safeParse(dana).error?.issues[0]?.message).toContain('could be taken for another name');
    expect(ReleaseManifest.safeParse(MANIFEST).success).toBe(true);
    for (const part of [
      { version: 'us-2026\u202e0.11' },
      { submitted_by: 'M\u0430ra' },
      { name: 'f\u03bfr-you' },
    ])
      expect(ReleaseManifest.safeParse({ ...MANIFEST, ...part }).success).toBe(false);
  });

  it('is no second name on a roster by its case or its form alone', () => {
    const { roster } = chainOf(rosterText());
    const [one, two] = roster.people;
    if (one === undefined || two === undefined) throw new Error('the cast is gone');
    const twice = { ...roster, people: [one, { ...two, name: one.name.toUpperCase() }] };
    expect(Roster.safeParse(twice).error?.issues.map(({ message }) => message)).toContain(
      'gives two people one name; tell them apart',
    );
  });
});
