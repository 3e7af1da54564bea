import { PairTable, UnitTable } from '../../../shared/domain/review/agreement.ts';

/** What coders said of one unit: coder → value; a coder who did not judge the unit is absent. */
export type Unit = ReadonlyMap<string, string>;

/** Units of a table with a row of values for each coder, separated by spaces, a dot where nothing was recorded. */
export function unitsOf(table: Readonly<Record<string, string>>): Unit[] {
  const rows = Object.entries(table).map(([coder, row]) => ({ coder, values: row.split(' ') }));
  return (rows[0]?.values ?? []).map(
    (_, at) =>
      new Map(
        rows.flatMap(({ coder, values }) => {
          const value = values[at] ?? '.';
          return value === '.' ? [] : [[coder, value] as const];
        }),
      ),
  );
}

export function unitTable(units: readonly Unit[]): UnitTable {
  const table = new UnitTable();
  for (const unit of units) table.add(unit.values());
  return table;
}

/** The units that two coders judged both. */
export function pairTable(units: readonly Unit[], first: string, second: string): PairTable {
  const table = new PairTable();
  for (const unit of units) {
    const [a, b] = [unit.get(first), unit.get(second)];
    if (a !== undefined && b !== undefined) table.add(a, b);
  }
  return table;
}
