import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  findPolicy,
  flatten,
  parsePolicyLibrary,
  policyLibraryYaml,
} from '../../../shared/domain/review/policy-library.ts';
import { inSight, pathTo, searched } from '../../../shared/domain/review/policy-tree.ts';
import { canonicalDigest } from '../../../electron/services/signoff/digest.ts';

const folder = join(import.meta.dirname, '../../../resources/policies');
const [fileName = ''] = readdirSync(folder);
const library = parsePolicyLibrary(readFileSync(join(folder, fileName), 'utf8'), fileName);
const old = readFileSync(join(import.meta.dirname, '../../fixtures/review/us-2026.1.yaml'), 'utf8');
const all = flatten(library.policies);
const titles = (policies: typeof library.policies) => flatten(policies).map(({ policy }) => policy.title);

describe('the starting policies', () => {
  test('are a tree over the field’s ten areas, each with at least three policies below it', () => {
    expect(library.policies.map(({ id, children = [] }) => [id, children.length])).toEqual([
      ['violence', 4],
      ['sexual_content', 3],
      ['minor_safety', 5],
      ['harassment', 4],
      ['hate', 3],
      ['dangerous_acts', 3],
      ['misinformation', 3],
      ['spam', 4],
      ['civic_integrity', 3],
      ['regulated_goods', 5],
    ]);
    expect(Math.max(...all.map(({ depth }) => depth))).toBe(2);
  });

  test('each have examples both ways', () => {
    for (const { policy } of all)
      expect([policy.id, new Set(policy.examples.map(({ violates }) => violates)).size]).toEqual([
        policy.id,
        2,
      ]);
  });

  test('map what the EU’s database has a category for to that category', () => {
    const category = (id: string) => findPolicy(library, id)?.dsa_category.replace('STATEMENT_CATEGORY_', '');
    expect(category('animal_harm')).toBe('ANIMAL_WELFARE');
    expect(category('violent_extremism')).toBe('RISK_FOR_PUBLIC_SECURITY');
    expect(category('dangerous_challenges')).toBe('PROTECTION_OF_MINORS');
    expect(category('suicide')).toBe('SELF_HARM');
    expect(category('counterfeits')).toBe('INTELLECTUAL_PROPERTY_INFRINGEMENTS');
    expect(category('hidden_advertising')).toBe('CONSUMER_INFORMATION');
    expect(category('doxxing')).toBe('DATA_PROTECTION_AND_PRIVACY_VIOLATIONS');
  });

  test('come back from YAML as they were, and so with their digest', () => {
    const again = parsePolicyLibrary(policyLibraryYaml(library), 'again.yaml');
    expect(again).toEqual(library);
    expect(canonicalDigest(again)).toBe(canonicalDigest(library));
  });
});

test('the version before, without a tree, still reads, with the digest that decisions name', () => {
  const before = parsePolicyLibrary(old, 'us-2026.1.yaml');
  expect(canonicalDigest(before)).toBe('f614d5d9a2cbe034b4b6dab975ec96c6b8de52cbf4397f91f39a798e0c8c8d5e');
  expect(flatten(before.policies).every(({ depth }) => depth === 0)).toBe(true);
  for (const { policy } of flatten(before.policies))
    expect(findPolicy(library, policy.id)?.reasons).toEqual(policy.reasons);
});

describe('the tree', () => {
  test('names the way down to a policy', () => {
    expect(pathTo(library, 'suicide')?.map(({ id }) => id)).toEqual([
      'dangerous_acts',
      'self_harm',
      'suicide',
    ]);
    expect(pathTo(library, 'rudeness')).toBeNull();
  });

  test('is found by words of a policy, of its reasons, and of those above it', () => {
    expect(titles(searched(library.policies, 'starving'))).toEqual([
      'Dangerous acts and self-harm',
      'Self-harm',
      'Eating disorders',
    ]);
    expect(titles(searched(library.policies, 'sextortion'))).toEqual([
      'Minor safety',
      'Grooming and enticement',
    ]);
    expect(titles(searched(library.policies, 'GORE animal fight'))).toEqual([
      'Violence and gore',
      'Animal harm',
    ]);
    expect(searched(library.policies, 'zzz')).toEqual([]);
    expect(titles(searched(library.policies, ' '))).toEqual(titles(library.policies));
  });

  test('hides just what is below a closed policy, whichever are closed', () => {
    const parents = all.filter(({ policy }) => policy.children !== undefined).map(({ policy }) => policy.id);
    fc.assert(
      fc.property(fc.subarray(parents), (closed) => {
        const seen = new Set(inSight(library.policies, new Set(closed)).map(({ policy }) => policy.id));
        for (const { policy } of all) {
          const above = (pathTo(library, policy.id) ?? []).slice(0, -1).map(({ id }) => id);
          expect(seen.has(policy.id)).toBe(!above.some((id) => closed.includes(id)));
        }
      }),
    );
  });
});
