import type { Verification, VerificationStep } from '../../shared/contract/signoff.ts';
import { Facts } from './Facts.tsx';
import { Mark } from './Mark.tsx';
import { plural } from './number.ts';
import css from './VerificationSteps.module.css';

/** What was checked, against what, and the result, step by step; the first failure is open. */
export function VerificationSteps({ verification: { ok, steps } }: { verification: Verification }) {
  const firstFailure = steps.findIndex((step) => !step.ok);
  return (
    <>
      <p className={css['outcome']} role="status">
        {ok ? (
          <Mark tone="pass" shape="tick">
            Verified: {plural(steps.length, 'step')} passed
          </Mark>
        ) : (
          <Mark tone="fail" shape="cross">
            Not verified: {steps[firstFailure]?.title ?? 'no step passed'}
          </Mark>
        )}
      </p>
      <ol className={css['steps']}>
        {numbered(steps).map(({ step, number }) => (
          <li key={number} className={css['step']}>
            <details open={number === firstFailure + 1}>
              <summary>
                <span className={css['number']}>{number}</span>
                <span className="truncate">
                  {step.title}
                  <span className={css['what']}>{step.checked}</span>
                </span>
                {step.ok ? (
                  <Mark tone="pass" shape="tick">
                    Pass
                  </Mark>
                ) : (
                  <Mark tone="fail" shape="cross">
                    Fail
                  </Mark>
                )}
              </summary>
              <div className={css['body']}>
                <Facts
                  of={[
                    ['Checked', step.checked],
                    ['Against', step.against],
                    ['Result', step.detail],
                  ]}
                />
              </div>
            </details>
          </li>
        ))}
      </ol>
    </>
  );
}

const numbered = (steps: readonly VerificationStep[]): { step: VerificationStep; number: number }[] =>
  steps.map((step, index) => ({ step, number: index + 1 }));
