/** Where the log comes from and under which terms. */
export const CITATION =
  'Derived from KuaiRand: Gao et al., "KuaiRand: An Unbiased Sequential Recommendation Dataset with Randomly Exposed Videos", ' +
  'CIKM 2022; the part with explicit feedback (like or hate) of active users, April 2022, in which both are far more common ' +
  'than in a whole feed.';

export const LICENCE = 'CC BY-SA 4.0 (https://creativecommons.org/licenses/by-sa/4.0/)';

export const SOURCE_FILES = { log: 'interactions.tsv.gz', users: 'user_features.csv.gz' } as const;
