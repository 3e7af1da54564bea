import type { Finding } from '../../../shared/domain/formula/findings.ts';
import { Mark } from '../../components/Mark.tsx';
import css from './Weights.module.css';

/** What the validator says of one rule, where the rule stands. */
export const InPlace = ({ findings }: { findings: readonly Finding[] }) =>
  findings.map(({ place, code, severity, message }) => (
    <div key={`${code} ${place}`} className={css['finding']}>
      <Mark tone={severity === 'error' ? 'fail' : 'unknown'} shape={severity === 'error' ? 'cross' : 'half'}>
        {message}
      </Mark>
    </div>
  ));
