import { expect, test } from 'vitest';
import { pairOf } from '../../../../shared/domain/ranking/pair.ts';
import { explainRanking } from '../../../../shared/domain/ranking/explain.ts';
import { parsePolicy } from '../../../../shared/domain/ranking/parse-policy.ts';
import { rankRequest } from '../../../../shared/domain/ranking/rank.ts';
import { candidate, outputs, request } from './fixture.ts';

const policy = parsePolicy(
  `version: 1
heads:
  - {name: like, output: like, kind: probability, weight: 1, min: 0, max: 10}
  - {name: hate, output: hate, kind: probability, weight: -2, min: -50, max: 0}
top_k: 5
`,
  'policy.yaml',
);
const asked = request(candidate('a'), candidate('b'), candidate('c'));
// Scores 0.75, 0.5 and −1.
const given = outputs({ like: [0.75, 1, 0], hate: [0, 0.25, 0.5] });
const [a, b, c] = explainRanking(policy, asked, given, rankRequest(policy, asked, given, 'text'));

test('any two items of a feed: by how much one leads, and the one weight that would turn them round', () => {
  if (a === undefined || b === undefined || c === undefined) throw new Error('three items were ranked');
  const down = pairOf(policy.heads, 'text', a, b);
  expect(down).toMatchObject({ above: true, rank: 2, margin: 0.25 });
  // 0.75 w = w − 0.25 · 2 at w = 2; or hate at −1, half its weight away, which is the smaller change.
  expect(down.swap).toMatchObject({ head: 'hate', weight: -2 });
  expect(down.swap?.needed).toBeCloseTo(-1, 9);
  const up = pairOf(policy.heads, 'text', b, a);
  expect(up).toMatchObject({ above: false, rank: 1, margin: 0.25, swap: down.swap });
  expect(pairOf(policy.heads, 'text', a, c)).toMatchObject({
    above: true,
    rank: 3,
    margin: 1.75,
    swap: null,
  });
});
