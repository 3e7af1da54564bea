import { describe, expect, it } from 'vitest';
import { StatesideError } from '../../../../shared/domain/error.ts';
import { parsePolicy } from '../../../../shared/domain/ranking/parse-policy.ts';
import { RankingPolicy } from '../../../../shared/domain/ranking/policy.ts';
import { POLICY, POLICY_TEXT } from './fixture.ts';

/** Without the line, which tests of their own hold. */
function refusal(text: string): string {
  try {
    parsePolicy(text, 'policy.yaml');
  } catch (error) {
    if (error instanceof StatesideError)
      return `${error.code}: ${error.message.replace(/: line \d+: /, ': ')}`;
    throw error;
  }
  return 'accepted';
}

/** The policy with one part of its text exchanged. */
function changed(part: string, by: string): string {
  expect(POLICY_TEXT).toContain(part);
  return POLICY_TEXT.replace(part, () => by);
}

describe('a ranking policy', () => {
  it('is read with its defaults filled in', () => {
    expect(POLICY.heads[1]).toEqual({
      name: 'play',
      output: 'e_play_ms',
      kind: 'expectation',
      scale: 0.001,
      weight: 0.004,
      min: -1_000_000,
      max: 1_000_000,
      clamp: { min: 0, max: 60 },
    });
    const least = parsePolicy(
      'version: 1\nheads: [{name: a, output: a, kind: probability, weight: 1}]\ntop_k: 5',
      'p',
    );
    expect(least).toMatchObject({ multipliers: [], filters: [], diversity: null });
  });

  it('is the same after it was parsed again, as at a process border', () => {
    expect(RankingPolicy.parse(structuredClone(POLICY))).toEqual(POLICY);
  });

  it('is read from JSON too, which is YAML', () => {
    expect(parsePolicy(JSON.stringify(POLICY), 'policy.json')).toEqual(POLICY);
  });

  it.each([
    ['floor: 0.25', 'floor: 0'],
    ['top_k: 20', 'top_k: 100000'],
    ['factor: 0.75', 'factor: 1e300'],
    ['factor: 0.75', 'factor: 5e-324'],
    ['weight: 0.004', 'weight: -2e9'],
    ['weight: 0.004', 'weight: 2e9, min: 1e9'],
    ['weight: 0.5, min: 0, max: 10', 'weight: 2e9, min: 0, max: 1e300'],
    ['scale: 0.001', 'scale: 1e100'],
  ])('may have %s put as %s, and is the same parsed again', (part, by) => {
    const policy = parsePolicy(changed(part, by), 'policy.yaml');
    expect(RankingPolicy.parse(structuredClone(policy))).toEqual(policy);
  });

  it.each([
    [
      'weight: -74',
      'weight: -600',
      'heads[2].weight is -600, outside its own min -500 and max 0; move the weight inside them or widen them.',
    ],
    ['min: -500, max: 0', 'min: 1, max: 0', 'heads[2].min is 1, above its max of 0; exchange them.'],
    ['weight: 0.5', 'weight: .nan', 'heads[0].weight must be a finite number; correct it.'],
    ['weight: 0.5', 'weight: heavy', 'heads[0].weight must be a finite number; correct it.'],
    ['weight: 0.5', 'weight: .inf', 'heads[0].weight must be a finite number; correct it.'],
    ['factor: 0.75', 'factor: .inf', 'multipliers[0].factor must be a finite number; correct it.'],
    ['min: 0, max: 60', 'min: 90, max: 60', 'heads[1].clamp has a min above its max; exchange them.'],
    ['name: hate', 'name: like', 'heads[2].name "like" names a second head; give each its own name.'],
    ['name: like', 'name: ""', 'heads[0].name must not be empty; fill it in.'],
    [
      'kind: probability',
      'kind: chance',
      'heads[0].kind must be "probability" or "expectation"; correct it.',
    ],
    ['output: p_like, ', '', 'heads[0].output is missing; it must be text.'],
    ['output: p_like', 'out: p_like', 'heads[0].output is missing; it must be text.'],
    ['heads:', 'headz:', 'heads is missing; it must be a list.'],
    ['factor: 0.75', 'factor: 0', 'multipliers[0].factor must be more than 0; raise it.'],
    ['factor: 0.75', 'factor: -1', 'multipliers[0].factor must be more than 0; raise it.'],
    [
      'item.author_id',
      'user.region',
      'diversity.by is "user.region"; use a field of the item, for example item.author_id.',
    ],
    ['floor: 0.25', 'floor: -0.1', 'diversity.floor must be at least 0; raise it.'],
    ['decay: 0.5', 'decay: 2', 'diversity.decay must be at most 1; lower it.'],
    ['top_k: 20', 'top_k: 2.5', 'top_k must be a whole number; correct it.'],
    ['top_k: 20', 'top_k: 0', 'top_k must be at least 1; raise it.'],
    ['top_k: 20', 'top_k: 100001', 'top_k must be at most 100000; lower it.'],
    [
      'top_k: 20',
      'top_k: 20\ntopk: 5',
      'the document has the unknown key "topk"; remove it or correct its spelling.',
    ],
    ['version: 1', 'version: 2', 'version must be 1; correct it.'],
  ])('with %s put as %s is refused', (part, by, sentence) => {
    expect(refusal(changed(part, by))).toBe(`bad_input: policy.yaml: ${sentence}`);
  });

  it.each([
    [
      '{field: candidat.in_network, eq: 0}',
      '.field "candidat.in_network" is no field of a request; use one of candidate.request_id, candidate.ordinal, candidate.item_id, candidate.in_network, candidate.logged_position, candidate.logged_score, candidate.propensity, item.item_id, item.author_id, item.caption, item.category, item.language, item.duration_ms, item.uploaded_at, user.user_id, user.region, item.attributes.<name>, user.attributes.<name>.',
    ],
    [
      '{field: item.attributes., eq: 0}',
      '.field "item.attributes." is no field of a request; use one of candidate.request_id, candidate.ordinal, candidate.item_id, candidate.in_network, candidate.logged_position, candidate.logged_score, candidate.propensity, item.item_id, item.author_id, item.caption, item.category, item.language, item.duration_ms, item.uploaded_at, user.user_id, user.region, item.attributes.<name>, user.attributes.<name>.',
    ],
    [
      '{field: candidate.in_network}',
      ' must hold exactly one of eq, ne, lt, lte, gt, gte, in; split it with all or any.',
    ],
    [
      '{field: candidate.in_network, gt: 0, lt: 1}',
      ' must hold exactly one of eq, ne, lt, lte, gt, gte, in; split it with all or any.',
    ],
    [
      '{field: candidate.in_network, eq: true}',
      '.eq does not fit candidate.in_network, which holds a number; write a number.',
    ],
    [
      '{field: item.author_id, in: [17]}',
      '.in does not fit item.author_id, which holds text; write the value in quotes.',
    ],
    ['{field: item.category, eq: null}', '.eq must be text, a number, true or false; correct it.'],
    [
      '{field: item.category, equals: a}',
      ' has the unknown key "equals"; remove it or correct its spelling.',
    ],
    ['{field: item.category, in: []}', '.in must not be empty; fill it in.'],
    ['{label: {some_of: [spam]}}', '.label must be a map with exactly one of any_of, all_of; correct it.'],
    ['{label: {any_of: []}}', '.label.any_of must not be empty; fill it in.'],
    ['{all: []}', '.all must not be empty; fill it in.'],
    [
      '{any: [{not: {field: item.language, lt: true}}]}',
      '.any[0].not.lt must be text or a number; correct it.',
    ],
    ['always', ' must be a map with exactly one of field, label, all, any, not; correct it.'],
    [
      '{all: [{field: user.region, eq: US}], any: [{field: user.region, eq: US}]}',
      ' must be a map with exactly one of field, label, all, any, not; correct it.',
    ],
  ])('with the condition %s is refused', (condition, sentence) => {
    const text = changed('{field: candidate.in_network, eq: 0}', condition);
    expect(refusal(text)).toBe(`bad_input: policy.yaml: multipliers[0].when${sentence}`);
  });

  it.each([
    [
      'version: 1',
      'version: 1\nversion: 1',
      'line 2, column 1: a key is written twice in one map; keep one of them.',
    ],
    [
      '[violence, minor_safety]',
      '&bad [violence]',
      'line 9, column 58: anchors (&bad) are not allowed; remove it.',
    ],
    [
      '[violence, minor_safety]',
      '*bad',
      'line 9, column 53: aliases (*bad) are not allowed; write the value out.',
    ],
    [
      'version: 1',
      'version: !num 1',
      'line 1, column 10: tags of other types are not allowed; write the plain value.',
    ],
    ['version: 1', '? [a]\n: 1', 'line 1, column 3: a key is not text; put it in quotes.'],
    [
      'top_k: 20',
      'top_k: 20\n---\ntop_k: 5',
      'line 12, column 1: a second document begins; keep one document per file.',
    ],
    [
      'heads:',
      'heads: [',
      'line 3, column 3: is not YAML (Block collections are not allowed within flow collections); correct it.',
    ],
  ])('whose YAML has %s put as %s is refused', (part, by, sentence) => {
    expect(refusal(changed(part, by))).toBe(`bad_input: policy.yaml: ${sentence}`);
  });

  it.each([
    ['', 'the document must be a map; correct it.'],
    ['- a', 'the document must be a map; correct it.'],
    [`a: ${'x'.repeat(1_048_576)}`, 'is longer than 1048576 characters; shorten it.'],
  ])('that is no policy at all is refused', (text, sentence) => {
    expect(refusal(text)).toBe(`bad_input: policy.yaml: ${sentence}`);
  });

  it('nested without end is refused, not a crash', () => {
    expect(refusal('['.repeat(200_000))).toContain(
      'lists and maps are nested too deeply to be read; flatten them.',
    );
  });
});
