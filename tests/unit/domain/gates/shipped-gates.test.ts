import { describe, expect, it } from 'vitest';
import { parseGateRules } from '../../../../shared/domain/gates/rules.ts';
import { neverHad, offeredGates, withGates } from '../../../../shared/domain/gates/shipped.ts';
import { DEFAULT, DEFAULT_TEXT } from '../../../fixtures/gates/evidence.ts';

const REVIEW = ['feeds_reviewed', 'reviewers_agree', 'escalations_closed', 'dissent_answered'];
const gate = (name: string) =>
  `{name: ${name}, title: t, fact: bundle_intact, required: true, reason: "a, ] reason"}`;
const rules = (text: string) => parseGateRules(text, 'gates.yaml');

/** The shipped gates as they were before there were any about review. */
const OLD = DEFAULT_TEXT.slice(0, DEFAULT_TEXT.indexOf('\n  - name: feeds_reviewed'));

describe('shipped gates that a team never had', () => {
  it('are those of no version of its own, whatever it changed or took out', () => {
    expect(neverHad(DEFAULT, [rules(OLD)])).toEqual(REVIEW);
    const changed = rules(OLD.replace('threshold: -0.005', 'threshold: -0.02'));
    expect(neverHad(DEFAULT, [changed])).toEqual(REVIEW);
    const [without, before] = [rules(OLD), DEFAULT];
    expect(neverHad(DEFAULT, [without, before])).toEqual([]);
  });

  it('are offered with their titles and the text they make, and not where there are none', () => {
    const offered = offeredGates(OLD, [], DEFAULT_TEXT);
    expect(offered).toMatchObject({ names: REVIEW, text: DEFAULT_TEXT });
    expect(offered?.titles).toContain('Reviewers agree');
    expect(offeredGates(OLD, [DEFAULT_TEXT], DEFAULT_TEXT)).toBeNull();
    expect(offeredGates('version: 1\ngates: []', [], DEFAULT_TEXT)).toBeNull();
  });

  it('come behind its own in their own spelling, and the result is the shipped set again', () => {
    expect(withGates(OLD, DEFAULT_TEXT, REVIEW)).toBe(DEFAULT_TEXT);
    expect(withGates(OLD, DEFAULT_TEXT, ['dissent_answered'])).toContain('whoever approves must then say');
  });

  it.each([
    ['a flat list', `version: 1\ngates:\n- ${gate('own')}\n# the end\nrevision: 3\n`],
    ['a deep list', `version: 1\ngates:\n      - ${gate('own')}   # why\n`],
    ['a list in brackets', `version: 1\ngates: [${gate('own')}]\nrevision: 3\n`],
    ['a list without a last line feed', `version: 1\ngates:\n  - ${gate('own')}`],
  ])('are added to %s', (_, text) => {
    const grown = rules(withGates(text, DEFAULT_TEXT, REVIEW));
    expect(grown.gates.map(({ name }) => name)).toEqual(['own', ...REVIEW]);
    expect(grown.gates.slice(1)).toEqual(DEFAULT.gates.slice(-REVIEW.length));
    expect(grown.revision).toBe(rules(text).revision);
    if (text.includes('#')) expect(withGates(text, DEFAULT_TEXT, REVIEW)).toMatch(/# (why|the end)/);
  });
});
