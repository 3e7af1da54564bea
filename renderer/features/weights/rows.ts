import type { FormulaDetail } from '../../../shared/contract/weights.ts';
import type { Finding } from '../../../shared/domain/formula/findings.ts';
import type { Formula, FormulaHead } from '../../../shared/domain/formula/formula.ts';
import type { FormulaWorth, HeadWorth } from '../../../shared/domain/formula/worth.ts';
import type { WeightsSearch } from './search.ts';

/** A line of the tariff: a head of this formula, of the one beside it, or of both. */
export interface HeadRow {
  readonly name: string;
  readonly head: FormulaHead | null;
  readonly other: FormulaHead | null;
  readonly worth: HeadWorth | null;
  readonly since: string | null;
  readonly findings: readonly Finding[];
}

/** This formula's heads in the order written, then those that only the other one has. */
export function headRows(
  { formula, comparison, since, findings }: FormulaDetail,
  worth: FormulaWorth | undefined,
): HeadRow[] {
  const others = comparison?.formula.heads ?? [];
  const own = formula.heads.map(({ name }) => name);
  return [...own, ...others.map(({ name }) => name).filter((name) => !own.includes(name))].map((name) => ({
    name,
    head: headNamed(formula, name),
    other: comparison === null ? null : headNamed(comparison.formula, name),
    worth: worth?.heads.find((head) => head.name === name) ?? null,
    since: since[name] ?? null,
    findings: findings.filter((finding) => finding.name === name && finding.place.startsWith('heads')),
  }));
}

const headNamed = ({ heads }: Formula, name: string): FormulaHead | null =>
  heads.find((head) => head.name === name) ?? null;

const KEYS: Record<Exclude<WeightsSearch['sort'], 'written' | 'name'>, (row: HeadRow) => number> = {
  weight: ({ head }) => {
    const weight = head?.weight ?? null;
    return weight === null ? -1 : Math.abs(weight);
  },
  share: ({ worth }) => worth?.share?.mean ?? -1,
  flips: ({ worth }) => worth?.flips ?? -1,
};

/** The rows a search lets through, largest first where they are sorted by a number. */
export function shownRows(rows: readonly HeadRow[], { q, sort }: WeightsSearch): HeadRow[] {
  const wanted = q.trim().toLowerCase();
  const through = rows.filter(({ name, head }) =>
    `${name} ${head?.output ?? ''}`.toLowerCase().includes(wanted),
  );
  if (sort === 'written') return through;
  if (sort === 'name') return through.toSorted((a, b) => (a.name < b.name ? -1 : 1));
  const keyOf = KEYS[sort];
  return through.toSorted((a, b) => keyOf(b) - keyOf(a));
}
