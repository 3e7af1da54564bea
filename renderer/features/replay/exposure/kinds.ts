import { AGE_GROUPS } from '../../../../shared/domain/replay/attribute.ts';
import type { Measure } from '../../../../shared/domain/replay/report.ts';
import type { ExportTable } from '../../../components/export/table.ts';

/** One kind of item: how its exposure changes, and how that stands to what was offered. */
export interface KindRow {
  readonly kind: string;
  readonly exposure: Measure;
  readonly ratio: Measure;
  /** Its share of the candidates, 0 to 1; null where it was never among them. */
  readonly supply: number | null;
}

/** The kinds that one attribute tells apart. */
export interface KindTable {
  readonly attribute: string;
  /** Ages from young to old; else the largest change of exposure first. */
  readonly rows: readonly KindRow[];
  /** Of no known kind: what is missing to the whole exposure. */
  readonly rest: { readonly baseline: number; readonly candidate: number };
  readonly parity: Measure | null;
}

const EXPOSURE = /^exposure@\d+:/;

export const isOfKind = (id: string): boolean => /^exposure(_ratio)?@\d+:/.test(id);

/** Exposure by kind as a report measured it, one table for each attribute. */
export function kindTables(measures: readonly Measure[]): KindTable[] {
  const known = new Map(measures.map((measure) => [measure.id, measure]));
  const rows = measures.flatMap((exposure) => {
    if (!EXPOSURE.test(exposure.id)) return [];
    const ratio = known.get(exposure.id.replace('exposure@', 'exposure_ratio@'));
    const [attribute = '', kind = ''] = splitOnce(exposure.id.replace(EXPOSURE, ''));
    return ratio === undefined
      ? []
      : [{ attribute, row: { kind, exposure, ratio, supply: supplyOf(exposure, ratio) } }];
  });
  return [...new Set(rows.map(({ attribute }) => attribute))].map((attribute) => {
    const own = rows.filter((found) => found.attribute === attribute).map(({ row }) => row);
    const rest = (side: 'baseline' | 'candidate'): number =>
      Math.max(0, 1 - own.reduce((sum, { exposure }) => sum + (exposure[side] ?? 0), 0));
    return {
      attribute,
      rows: own.toSorted((a, b) => ageOf(a) - ageOf(b) || sizeOf(b) - sizeOf(a)),
      rest: { baseline: rest('baseline'), candidate: rest('candidate') },
      parity:
        measures.find(({ id }) => id.startsWith('exposure_parity@') && id.endsWith(`:${attribute}`)) ?? null,
    };
  });
}

/** Exposure is supply × ratio; whichever side shows the kind tells the supply. */
function supplyOf(exposure: Measure, ratio: Measure): number | null {
  for (const side of ['baseline', 'candidate'] as const) {
    const [share, over] = [exposure[side], ratio[side]];
    if (share !== null && over !== null && over > 0) return share / over;
  }
  return null;
}

/** −1 for what is no age. */
const ageOf = ({ kind }: KindRow): number => AGE_GROUPS.indexOf(kind);
const sizeOf = ({ exposure }: KindRow): number => Math.abs(exposure.difference ?? 0);

function splitOnce(name: string): [string, string] {
  const at = name.indexOf('=');
  return [name.slice(0, at), name.slice(at + 1)];
}

export const kindsExport = ({ attribute, rows }: KindTable): ExportTable => ({
  columns: [
    ...[attribute, 'share of candidates', 'exposure baseline', 'exposure candidate', 'difference'],
    ...['difference lower', 'difference upper', 'interval draws', 'p', 'p draws'],
    ...['ratio baseline', 'ratio candidate', 'requests'],
  ],
  rows: rows.map(({ kind, exposure, ratio, supply }) => {
    const ends = exposure.intervals?.difference ?? null;
    const sides = [kind, supply, exposure.baseline, exposure.candidate, exposure.difference];
    const interval = [ends?.lower ?? null, ends?.upper ?? null, exposure.intervals?.draws ?? null];
    const test = [exposure.p ?? null, exposure.draws ?? null];
    return [sides, interval, test, [ratio.baseline, ratio.candidate, ratio.requests]].flat();
  }),
});
