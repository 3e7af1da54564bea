import type { SideSupport } from '../../../../shared/domain/replay/off-policy.ts';
import { formatCount } from '../../../components/number.ts';
import type { Doubt } from '../doubts.ts';

/** Below so many equal answers that its weights are worth an estimate is rough, though the log supports it. */
const ROUGH = 1000;

/** Why an estimate that rests on weights is rough; null for the direct method, which uses none. */
export function weightDoubt(
  estimator: string,
  { actions, effectiveSampleSize }: Pick<SideSupport, 'actions' | 'effectiveSampleSize'>,
): Doubt | null {
  if (estimator === 'dm' || effectiveSampleSize >= ROUGH) return null;
  const effective = formatCount(effectiveSampleSize);
  return {
    word: `${effective} effective`,
    reason: `Its weights differ so much that ${formatCount(actions)} answers tell no more than ${effective} equal ones would`,
  };
}
