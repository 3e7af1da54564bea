import type { GateResult } from '../../../shared/domain/gates/verdict.ts';
import type { ExportTable } from '../../components/export/table.ts';

/** Every gate with what was measured against what, as the report's digest holds it. */
export const gatesTable = (gates: readonly GateResult[]): ExportTable => ({
  columns: [
    ...['gate', 'title', 'verdict', 'required', 'rule', 'threshold', 'measured', 'unit'],
    ...['lower', 'upper', 'p after Holm', 'p is an upper bound', 'owner', 'reason', 'why no evidence'],
  ],
  rows: gates.map(({ name, title, verdict, required, rule, threshold, measured, ...gate }) => [
    ...[name, title, verdict, required ? 'required' : 'advisory', rule, plain(threshold), plain(measured)],
    ...[gate.unit ?? null, gate.interval?.lower ?? null, gate.interval?.upper ?? null, gate.p ?? null],
    ...[gate.p === undefined ? null : gate.pAtMost === true ? 'yes' : 'no'],
    ...[gate.owner ?? null, gate.reason, gate.missing ?? null],
  ]),
});

const plain = (value: GateResult['measured']): string | number | null =>
  Array.isArray(value) ? value.join(' ') : value;
