import { parse } from 'yaml';
import { describe, expect, it } from 'vitest';
import { compileCondition, Condition } from '../../../../shared/domain/ranking/conditions.ts';
import { candidate, request } from './fixture.ts';

const video = candidate('17', {
  inNetwork: 0,
  authorId: 'ann',
  caption: 'Shoes',
  category: 'music',
  durationMs: 15_000,
  uploadedAt: '2022-04-08',
  propensity: 0.25,
  attributes: { upload_type: 'LongImport', music_id: 7, sensitive: true, note: null },
  labels: ['spam', 'nudity'],
});
const asked = request(video);
const holds = (yaml: string): boolean => compileCondition(Condition.parse(parse(yaml)))(asked, video);

describe('a condition', () => {
  it.each([
    ['{field: candidate.in_network, eq: 0}', true],
    ['{field: candidate.in_network, ne: 0}', false],
    ['{field: candidate.propensity, lt: 0.25}', false],
    ['{field: candidate.propensity, lte: 0.25}', true],
    ['{field: item.duration_ms, gt: 14999}', true],
    ['{field: item.duration_ms, gte: 15001}', false],
    ['{field: item.item_id, eq: "17"}', true],
    ['{field: item.caption, eq: Shoes}', true],
    ['{field: item.author_id, ne: ann}', false],
    ['{field: candidate.request_id, eq: r1}', true],
    ['{field: candidate.ordinal, lt: 1}', true],
    ['{field: candidate.item_id, in: ["17"]}', true],
    ['{field: user.user_id, gt: u}', true],
    ['{field: item.category, in: [sport, music]}', true],
    ['{field: item.category, in: [sport]}', false],
    ['{field: item.uploaded_at, lt: "2022-05-01"}', true],
    ['{field: item.attributes.upload_type, eq: LongImport}', true],
    ['{field: item.attributes.music_id, gt: 6}', true],
    ['{field: item.attributes.sensitive, eq: true}', true],
    ['{field: user.region, eq: US}', true],
    ['{field: user.attributes.age_band, eq: 18-24}', false],
    ['{label: {any_of: [violence, nudity]}}', true],
    ['{label: {any_of: [violence]}}', false],
    ['{label: {all_of: [nudity, spam]}}', true],
    ['{label: {all_of: [nudity, violence]}}', false],
    ['{all: [{field: user.region, eq: US}, {field: candidate.in_network, eq: 1}]}', false],
    ['{any: [{field: user.region, eq: US}, {field: candidate.in_network, eq: 1}]}', true],
    ['{not: {field: user.region, eq: US}}', false],
  ])('%s is %s', (yaml, expected) => {
    expect(holds(yaml)).toBe(expected);
  });

  it.each(['eq: a', 'ne: a', 'lt: a', 'lte: a', 'gt: a', 'gte: a', 'in: [a]'])(
    'is false for a field that is null or missing, whatever it asks: %s',
    (comparison) => {
      expect(holds(`{field: item.language, ${comparison}}`)).toBe(false);
      expect(holds(`{field: item.attributes.note, ${comparison}}`)).toBe(false);
      expect(holds(`{field: item.attributes.unheard_of, ${comparison}}`)).toBe(false);
    },
  );

  it('takes values of different types as unequal and without order', () => {
    expect(holds('{field: item.attributes.music_id, eq: "7"}')).toBe(false);
    expect(holds('{field: item.attributes.music_id, ne: "7"}')).toBe(true);
    expect(holds('{field: item.attributes.music_id, lte: "7"}')).toBe(false);
    expect(holds('{field: item.attributes.sensitive, gte: 0}')).toBe(false);
  });

  it('does not find what only the language’s own objects carry', () => {
    expect(holds('{field: item.attributes.toString, ne: a}')).toBe(false);
    expect(holds('{field: item.attributes.__proto__, ne: a}')).toBe(false);
  });
});
