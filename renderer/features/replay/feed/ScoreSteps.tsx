import type { ItemArithmetic } from '../../../../shared/contract/replay.ts';
import { formatNumber, formatWeight } from '../../../components/number.ts';
import css from './WhyHere.module.css';

const DIGITS = 4;

/** From the sum of contributions to the final score, one rule a line. */
export function ScoreSteps({ item }: { item: ItemArithmetic }) {
  const steps = [
    ...item.multipliers.map((step) => ({ ...step, kind: 'multiplier' })),
    ...(item.diversity === null ? [] : [{ ...item.diversity, kind: 'diversity' }]),
  ];
  return (
    <section className={css['part']}>
      <div className={css['partHead']}>
        <h3>From sum to score</h3>
      </div>
      <ol className={css['steps']}>
        <li>
          <span>Sum of what the heads add</span>
          <span />
          <span>{formatNumber(item.baseScore, DIGITS)}</span>
        </li>
        {steps.map((step) => (
          <li key={`${step.kind} ${step.name}`}>
            <span className="truncate" title={`${step.kind} ${step.name}`}>
              {step.name === 'diversity' ? 'Diversity' : step.name}
              <span className="quiet">{step.name === step.kind ? '' : ` · ${step.kind}`}</span>
            </span>
            <span
              title={
                step.before < 0 ? 'A negative score is divided, so that the rule still demotes' : undefined
              }
            >
              {step.before < 0 ? '÷' : '×'} {formatWeight(step.factor, 4)}
            </span>
            <span>{formatNumber(step.after, DIGITS)}</span>
          </li>
        ))}
        <li>
          <span>Final score</span>
          <span />
          <span title={String(item.finalScore)}>{formatNumber(item.finalScore, DIGITS)}</span>
        </li>
      </ol>
    </section>
  );
}
