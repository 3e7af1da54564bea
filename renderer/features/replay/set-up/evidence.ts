import type { ReplaySettings } from '../../../../shared/domain/replay/report.ts';

/** What else a replay measures, and how it draws: the part of the settings that may be left out. */
export interface Evidence {
  readonly slices: readonly string[];
  /** Two attributes crossed; null where none is chosen. */
  readonly crossed: readonly [string | null, string | null];
  readonly stratify: string | null;
  readonly attribution: boolean;
}

export const NO_EVIDENCE: Evidence = {
  slices: [],
  crossed: [null, null],
  stratify: null,
  attribution: false,
};

/** A replay is sliced in at most six ways, one of which may be two attributes crossed. */
export const MOST_SLICES = 5;

/** The settings a choice comes to; what was not chosen is absent. */
export function settingsOf({ slices, crossed, stratify, attribution }: Evidence): Partial<ReplaySettings> {
  const [a, b] = crossed;
  const slicings = slices.map((name) => [name]);
  if (a !== null && b !== null && a !== b) slicings.push([a, b]);
  return {
    ...(slicings.length === 0 ? {} : { slices: slicings }),
    ...(stratify === null ? {} : { stratify }),
    ...(attribution ? { attribution: true } : {}),
  };
}
