import { columnsOf, type Columns } from './columns.ts';
import { exposureId, KindNumbers, ratioId } from './kind-measures.ts';
import type { RequestNumbers } from './outcome.ts';

/** Numbers of some requests in a row, `values[request × columns + column]`. */
export interface Rows {
  readonly columns: number;
  readonly values: Float64Array;
}

/** Where a measure stands among the columns that are drawn anew. */
export interface DrawnPlace {
  /** Of the levels; the same for both where the measure is one of difference. */
  readonly baseline: number;
  readonly candidate: number;
  /** What either is divided by. */
  readonly evidence: number;
  /** Among the differences; null for a measure of difference. */
  readonly difference: number | null;
}

/** A label or a kind of item, of which there are as many columns as were met. */
interface Named {
  /** Its first column of the levels, and of the differences. */
  readonly level: number;
  readonly difference: number;
}

/**
 * Lays out the numbers of requests in columns: first what every request has, then labels and kinds of items in the
 * order they are met, so that a later chunk may only be wider.
 */
export class DrawnLayout {
  readonly #columns: Columns;
  readonly #labels = new Map<string, Named>();
  readonly #kinds = new KindNumbers();
  readonly #kindPlaces: Named[] = [];
  #levels: number;
  #differences: number;

  constructor(topK: number) {
    this.#columns = columnsOf(topK);
    const { columns } = this.#columns;
    this.#levels = columns.reduce((sum, { sided }) => sum + (sided ? 3 : 2), 0);
    this.#differences = columns.filter(({ sided }) => sided).length;
  }

  /**
   * Levels: for each measure its numbers (0 without evidence) and 1 where there is evidence; for each label both sides
   * at each depth; for each kind its supply and both sides. Differences: candidate − baseline of each, 0 without evidence.
   */
  layOut(requests: readonly RequestNumbers[]): { readonly levels: Rows; readonly differences: Rows } {
    for (const request of requests) this.#meet(request);
    const levels = { columns: this.#levels, values: new Float64Array(requests.length * this.#levels) };
    const differences = {
      columns: this.#differences,
      values: new Float64Array(requests.length * this.#differences),
    };
    for (const [at, request] of requests.entries())
      this.#write(
        request,
        levels.values.subarray(at * levels.columns, (at + 1) * levels.columns),
        differences.values.subarray(at * differences.columns, (at + 1) * differences.columns),
      );
    return { levels, differences };
  }

  places(): Map<string, DrawnPlace> {
    const places = new Map<string, DrawnPlace>();
    let level = 0;
    let difference = 0;
    for (const { id, sided } of this.#columns.columns) {
      const candidate = sided ? level + 1 : level;
      places.set(id, {
        ...{ baseline: level, candidate, evidence: candidate + 1 },
        difference: sided ? difference : null,
      });
      level = candidate + 2;
      if (sided) difference += 1;
    }
    const { depths } = this.#columns;
    const evidenceAt = (depth: number): number => places.get(`prevalence@${depth}`)?.evidence ?? NaN;
    for (const [label, place] of this.#labels) {
      for (const [at, depth] of depths.entries()) {
        const baseline = place.level + 2 * at;
        places.set(`prevalence@${depth}:${label}`, {
          ...{ baseline, candidate: baseline + 1, evidence: evidenceAt(depth) },
          difference: place.difference + at,
        });
      }
    }
    const deepest = depths.at(-1) ?? 0;
    for (const [number, { level, difference }] of this.#kindPlaces.entries()) {
      const name = this.#kinds.names[number] ?? '';
      const sides = { baseline: level + 1, candidate: level + 2, difference };
      places.set(exposureId(deepest, name), { ...sides, evidence: evidenceAt(deepest) });
      places.set(ratioId(deepest, name), { ...sides, evidence: level });
    }
    return places;
  }

  #meet({ labels, kinds }: RequestNumbers): void {
    const { depths } = this.#columns;
    for (const { label } of labels)
      if (!this.#labels.has(label)) this.#labels.set(label, this.#place(2 * depths.length, depths.length));
    for (const name of kinds.names) {
      const number = this.#kinds.of(name);
      this.#kindPlaces[number] ??= this.#place(3, 1);
    }
  }

  #place(levels: number, differences: number): Named {
    const place = { level: this.#levels, difference: this.#differences };
    this.#levels += levels;
    this.#differences += differences;
    return place;
  }

  #write({ values, labels, kinds }: RequestNumbers, levels: Float64Array, differences: Float64Array): void {
    let level = 0;
    let difference = 0;
    for (const { at, sided } of this.#columns.columns) {
      const value = values[at] ?? NaN;
      const evidence = !Number.isNaN(value);
      if (evidence) levels[level] = value;
      level += 1;
      if (sided) {
        const other = values[at + 1] ?? NaN;
        if (evidence) levels[level] = other;
        differences[difference] = orZero(other - value);
        level += 1;
        difference += 1;
      }
      levels[level] = evidence ? 1 : 0;
      level += 1;
    }
    for (const { label, prevalence } of labels) {
      const place = this.#labels.get(label);
      if (place === undefined) continue;
      for (let at = 0; at < prevalence.length; at += 1)
        levels[place.level + at] = orZero(prevalence[at] ?? NaN);
      for (let at = 0; 2 * at < prevalence.length; at += 1)
        differences[place.difference + at] = orZero(
          (prevalence[2 * at + 1] ?? NaN) - (prevalence[2 * at] ?? NaN),
        );
    }
    for (const [at, name] of kinds.names.entries()) {
      const place = this.#kindPlaces[this.#kinds.of(name)];
      if (place === undefined) continue;
      const [supply = 0, baseline = 0, candidate = 0] = kinds.values.subarray(3 * at, 3 * at + 3);
      levels[place.level] = (levels[place.level] ?? 0) + supply;
      levels[place.level + 1] = (levels[place.level + 1] ?? 0) + baseline;
      levels[place.level + 2] = (levels[place.level + 2] ?? 0) + candidate;
      differences[place.difference] = (differences[place.difference] ?? 0) + candidate - baseline;
    }
  }
}

const orZero = (value: number): number => (Number.isNaN(value) ? 0 : value);
