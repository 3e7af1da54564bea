import { createHash } from 'node:crypto';
import type { TrainingData } from '../../../shared/domain/release/manifest.ts';
import type { Exposure } from './exposures.ts';
import { country, region } from './region.ts';

/**
 * What a model was trained on, one data set per country: the rows of the log behind these exposures, and the SHA-256 of
 * their lines as the log has them, each ended by a line feed, by first showing of the video that day.
 */
export function describeTrainingData(exposures: readonly Exposure[]): TrainingData {
  const countries = new Map<string, Exposure[]>();
  for (const exposure of exposures) {
    const place = country(region(exposure.userId));
    const group = countries.get(place);
    if (group === undefined) countries.set(place, [exposure]);
    else group.push(exposure);
  }
  const datasets = [...countries]
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .map(([place, ofThePlace]) => {
      const rows = ofThePlace.flatMap((exposure) => exposure.rows);
      const hash = createHash('sha256');
      for (const { line } of rows) hash.update(`${line}\n`);
      const days = rows.map(({ day }) => day).toSorted();
      return {
        name: `KuaiRand explicit feedback, users counted as ${place}`,
        jurisdiction: place,
        rows: rows.length,
        period: { from: days[0] ?? '', to: days.at(-1) ?? '' },
        sha256: hash.digest('hex'),
      };
    });
  return { datasets };
}
