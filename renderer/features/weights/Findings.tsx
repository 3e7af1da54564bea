import type { Finding } from '../../../shared/domain/formula/findings.ts';
import { Mark } from '../../components/Mark.tsx';
import { Section } from '../../components/Section.tsx';
import css from './Weights.module.css';

/** What the validator says of the whole formula; what it says of a head stands with the head. */
export function Findings({ findings }: { findings: readonly Finding[] }) {
  const errors = findings.filter(({ severity }) => severity === 'error').length;
  if (findings.length === 0) {
    return (
      <Mark tone="pass" shape="tick">
        No fault found in the formula
      </Mark>
    );
  }
  return (
    <Section
      title="What the check found"
      note={`${errors} wrong, ${findings.length - errors} to look at again`}
    >
      <ul className={css['changes']}>
        {findings.map(({ code, place, severity, message }) => (
          <li key={`${code} ${place} ${message}`}>
            <Mark
              tone={severity === 'error' ? 'fail' : 'unknown'}
              shape={severity === 'error' ? 'cross' : 'half'}
            >
              {message}
            </Mark>{' '}
            <span className="mono quiet">{place}</span>
          </li>
        ))}
      </ul>
    </Section>
  );
}
