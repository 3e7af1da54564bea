import { describe, expect, test } from 'vitest';
import { faultsOf, inputOf, type Choices } from '../../../renderer/features/replay/set-up/choices.ts';
import { NO_EVIDENCE } from '../../../renderer/features/replay/set-up/evidence.ts';
import { planText, timeText } from '../../../renderer/features/replay/set-up/sentence.ts';

const chosen: Choices = {
  ...{ snapshot: 's', baseline: 'a', candidate: 'b', limit: null, seed: 7, topK: 10 },
  evidence: NO_EVIDENCE,
};
const names = { snapshot: 'us-2022-04', baseline: 'us-1', candidate: 'us-2' };
const plan = (part: Partial<Choices>): string => {
  const input = inputOf({ ...chosen, ...part });
  return input === null ? '' : planText(input, names, 1200);
};

describe('the set-up of a replay', () => {
  test('says of each field what is amiss, and is no replay until nothing is', () => {
    const amiss: [Partial<Choices>, Record<string, string>][] = [
      [{ snapshot: null }, { snapshot: 'Choose a snapshot' }],
      [{ candidate: 'a' }, { candidate: 'Baseline and candidate are the same ranker' }],
      [{ limit: 0 }, { limit: 'Give a whole number from 1, or nothing for all' }],
      [{ seed: null }, { seed: 'Give a whole number from 0' }],
      [{ topK: 1001 }, { topK: 'Give a whole number from 1 to 1,000' }],
      [
        { evidence: { ...NO_EVIDENCE, crossed: ['user.region', 'user.region'] } },
        { cross: 'Choose another attribute' },
      ],
      [
        { evidence: { ...NO_EVIDENCE, crossed: ['user.region', null] } },
        { cross: 'Choose what to cross it with' },
      ],
    ];
    expect(faultsOf(chosen)).toEqual({});
    for (const [part, faults] of amiss) {
      expect(faultsOf({ ...chosen, ...part })).toEqual(faults);
      expect(inputOf({ ...chosen, ...part })).toBeNull();
    }
  });

  test('is said in a sentence before it is started', () => {
    expect(plan({})).toBe(
      'Ranks all 1,200 requests of us-2022-04 with us-1 and with us-2, and compares the first 10 items of each feed.',
    );
    const evidence: Choices['evidence'] = {
      ...{ slices: ['user.region'], crossed: ['user.region', 'item.age'], stratify: 'user.region' },
      attribution: true,
    };
    expect(plan({ limit: 300, evidence })).toBe(
      'Ranks 300 requests of us-2022-04, drawn with seed 7 in the same share from each user.region, with us-1 and with us-2, ' +
        'and compares the first 10 items of each feed. It also shows every measure by user.region and user.region × item.age ' +
        'and takes the change apart into five parts.',
    );
  });

  test('tells the time by its trial', () => {
    expect(timeText({ seconds: 0.4, trial: 60, requests: 60 })).toBe(
      'Likely under a second on this machine, by a trial of all of them.',
    );
    expect(timeText({ seconds: 200, trial: 256, requests: 90_000 })).toBe(
      'Likely about 3 min 20 s on this machine, by a trial of 256 requests.',
    );
  });
});
