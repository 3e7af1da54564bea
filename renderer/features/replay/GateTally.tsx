import type { GateResult } from '../../../shared/domain/gates/verdict.ts';
import { Mark } from '../../components/Mark.tsx';
import { plural } from '../../components/number.ts';

/** One line over all required gates. */
export function GateTally({ gates }: { gates: readonly GateResult[] }) {
  const required = gates.filter((gate) => gate.required);
  const failed = required.filter((gate) => gate.verdict === 'fail').length;
  const unknown = required.filter((gate) => gate.verdict === 'no evidence').length;
  if (failed > 0) {
    return (
      <Mark tone="fail" shape="cross">
        {plural(failed, 'required gate')} failed
      </Mark>
    );
  }
  if (unknown > 0) {
    return (
      <Mark tone="unknown" shape="ring">
        {plural(unknown, 'required gate')} without evidence
      </Mark>
    );
  }
  return (
    <Mark tone="pass" shape="tick">
      All {required.length} required gates passed
    </Mark>
  );
}
