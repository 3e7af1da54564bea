import type { AttributedChange, Measure } from '../../../../shared/domain/replay/report.ts';
import { byAlarm } from '../alarm.ts';
import type { ExportTable } from '../../../components/export/table.ts';

export const PARTS = ['model', 'weights', 'multipliers', 'filters', 'diversity'] as const;
type Part = (typeof PARTS)[number];

/** One step of the waterfall, from where the one before ended. */
export interface Step {
  readonly part: Part;
  readonly by: number;
  readonly from: number;
  readonly to: number;
}

/** The parts' shares one after the other, in the order the arithmetic uses them; the last ends at the total. */
export function stepsOf({ parts }: Pick<AttributedChange, 'parts'>): Step[] {
  let reached = 0;
  return PARTS.map((part) => {
    const from = reached;
    reached += parts[part];
    return { part, by: parts[part], from, to: reached };
  });
}

/** What of a change can be shown: measures with a better side first, the most alarming of them at the top. */
export function attributionChoices(
  changes: readonly AttributedChange[],
  measures: readonly Measure[],
): { readonly measure: Measure; readonly change: AttributedChange }[] {
  const attributed = new Map(changes.map((change) => [change.id, change]));
  const choices = byAlarm(measures).flatMap((measure) => {
    const change = attributed.get(measure.id);
    return change === undefined ? [] : [{ measure, change }];
  });
  const sided = ({ measure }: { measure: Measure }): boolean => measure.better !== 'neither';
  return [...choices.filter(sided), ...choices.filter((choice) => !sided(choice))];
}

export function attributionTable(
  changes: readonly AttributedChange[],
  measures: readonly Measure[],
): ExportTable {
  const known = new Map(measures.map((measure) => [measure.id, measure]));
  return {
    columns: [
      ...['measure', 'title', 'unit'],
      ...[...PARTS, 'total'].flatMap((part) => [part, `${part} lower`, `${part} upper`]),
      'interval draws',
    ],
    rows: changes.map(({ id, parts, total, intervals }) => {
      const { title = null, unit = null } = known.get(id) ?? {};
      const ends = (part: Part | 'total') => [
        intervals?.[part]?.lower ?? null,
        intervals?.[part]?.upper ?? null,
      ];
      const shares = PARTS.flatMap((part) => [parts[part], ends(part)].flat());
      return [id, title, unit, ...shares, total, ...ends('total'), intervals?.draws ?? null];
    }),
  };
}
