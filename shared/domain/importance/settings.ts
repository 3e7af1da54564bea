import type { ImportanceSettings } from './report.ts';

/** Enough to see which features matter; the window measures with these. */
export const IMPORTANCE_SETTINGS: ImportanceSettings = { requests: 500, repeats: 5, seed: 1 };
