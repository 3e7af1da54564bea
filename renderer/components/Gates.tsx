import type { GateResult } from '../../shared/domain/gates/verdict.ts';
import { listOf, formatWeight } from './number.ts';
import css from './Gates.module.css';
import { Verdict } from './Verdict.tsx';

const ORDER = { fail: 0, 'no evidence': 1, pass: 2 } as const;
const LAST = 3;

/** Advice that nothing speaks to blocks nothing. */
const orderOf = ({ verdict, required }: GateResult): number =>
  verdict === 'no evidence' && !required ? LAST : ORDER[verdict];

/**
 * Gates with what was measured against what: failures first, then required ones without evidence, which fail as well, what
 * passed, and advice without evidence; of each the required first.
 */
export function Gates({ gates }: { gates: readonly GateResult[] }) {
  const sorted = gates.toSorted((a, b) => orderOf(a) - orderOf(b) || Number(b.required) - Number(a.required));
  return (
    <ul className={css['gates']}>
      <li className={`${css['gate']} ${css['head']}`} aria-hidden="true">
        <span>Verdict</span>
        <span>Gate</span>
        <span className={css['measured']}>Measured</span>
      </li>
      {sorted.map((gate) => (
        <li key={gate.name} className={css['gate']}>
          <Verdict verdict={gate.verdict} />
          <div title={gate.reason}>
            <p className={css['title']}>
              {gate.title}
              {!gate.required && <span className="quiet"> · advisory</span>}
            </p>
            <p className={css['rule']}>{gate.rule}</p>
            {gate.missing !== undefined && <p className={css['missing']}>{gate.missing}</p>}
          </div>
          <span className={css['measured']}>
            <span className="visually-hidden">Measured: </span>
            <MeasuredFigure gate={gate} />
          </span>
        </li>
      ))}
    </ul>
  );
}

/** What was measured with its unit; below, how sure it is and how likely chance alone makes such a difference. */
function MeasuredFigure({ gate }: { gate: GateResult }) {
  const { measured, unit, interval } = gate;
  const chance = correctedP(gate);
  const isNumber = typeof measured === 'number';
  const ends = isNumber && interval !== undefined && interval !== null ? interval : null;
  const certainty = [
    ends === null ? null : `95 %: ${formatWeight(ends.lower, 3)} to ${formatWeight(ends.upper, 3)}`,
    chance === null ? null : `p ${chance} after Holm`,
  ].filter((part) => part !== null);
  return (
    <>
      {measuredText(measured)}
      {isNumber && unit !== undefined && <span className="quiet"> {unit}</span>}
      {certainty.length > 0 && <span className={css['certainty']}>{certainty.join(' · ')}</span>}
    </>
  );
}

/** With "≤" where it comes from the least p that the draws can show. */
function correctedP({ p, pAtMost }: GateResult): string | null {
  if (p === undefined) return null;
  if (pAtMost === true) return `≤ ${formatWeight(p, 2)}`;
  return p < 0.001 ? '< 0.001' : formatWeight(p, 2);
}

function measuredText(measured: GateResult['measured']): string {
  if (measured === null) return 'nothing';
  if (typeof measured === 'number') return formatWeight(measured, 4);
  if (typeof measured === 'string') return measured;
  return measured.length === 0 ? 'none' : listOf(measured);
}
