import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { readReference } from '../../../shared/domain/formula/reference.ts';

const folder = new URL('../../../resources/sample/references/', import.meta.url);
const reference = (name: string) => readReference(readFileSync(new URL(name, folder), 'utf8'), name);
const weights = (name: string) =>
  Object.fromEntries(reference(name).formula.heads.map(({ name, weight }) => [name, weight]));

describe('published formulas', () => {
  test.each(readdirSync(folder).filter((name) => name.endsWith('.yaml')))(
    '%s names its sources and its date',
    (name) => {
      const { sources, published, formula } = reference(name);
      expect(sources.length).toBeGreaterThan(0);
      expect(published).toMatch(/^20\d\d(-\d\d-\d\d)?$/);
      expect(formula.heads.length).toBeGreaterThan(3);
    },
  );

  test('X 2023 holds the ten weights of its README, sound in their ranges', () => {
    expect(weights('x-2023.yaml')).toEqual({
      fav: 0.5,
      retweet: 1,
      reply: 13.5,
      good_profile_click: 12,
      video_playback50: 0.005,
      reply_engaged_by_author: 75,
      good_click: 11,
      good_click_v2: 10,
      negative_feedback_v2: -74,
      report: -369,
    });
    expect(reference('x-2023.yaml').findings).toEqual([]);
  });

  test('the defaults of X 2023 break their own ranges in two weights', () => {
    const { findings, policy } = reference('x-2023-defaults.yaml');
    const outside = findings.filter(({ code }) => code === 'weight_outside_range');
    expect(outside.map(({ name }) => name)).toEqual(['negative_feedback_v2', 'report']);
    expect(outside[1]?.message).toBe(
      'Head report has weight 1, outside its range −20000 to 0; move the weight or widen the range.',
    );
    expect(policy).toBeNull();
  });

  test('X 2026 is sound, demotes by penalties alone and differs from X 2023 in report', () => {
    const { findings, policy } = reference('x-2026.yaml');
    expect(findings).toEqual([]);
    expect(policy?.heads.filter(({ weight }) => weight < 0).map(({ name }) => name)).toEqual([
      'not_interested',
      'block_author',
      'mute_author',
      'report',
      'not_dwelled',
    ]);
    expect(weights('x-2026.yaml')['report']).toBe(-234);
  });

  test('TikTok is a template: four heads, none with a weight', () => {
    const { findings, policy } = reference('tiktok-2021.yaml');
    expect(policy).toBeNull();
    expect(findings.map(({ code, name }) => [code, name])).toEqual(
      ['like', 'comment', 'playtime', 'play'].map((name) => ['head_without_weight', name]),
    );
  });

  test('a formula without a source is refused', () => {
    const text = 'title: x\npublished: 2023\nsources: []\nnote: ""\npolicy: {}\n';
    expect(() => readReference(text, 'x.yaml')).toThrow(
      'x.yaml: line 3: sources must not be empty; fill it in.',
    );
  });
});
