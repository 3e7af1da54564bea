import type { ReferenceRow } from '../../../shared/contract/weights.ts';
import { plural } from '../../components/number.ts';
import { Section } from '../../components/Section.tsx';
import { Findings } from './Findings.tsx';
import css from './Weights.module.css';

/** Where a published formula's figures come from, and what the check says of it. */
export function Published({ reference }: { reference: ReferenceRow }) {
  const { title, published, sources, note, formula, findings } = reference;
  return (
    <Section title={title} note={`published ${published}, ${plural(formula.heads.length, 'head')}`}>
      <p className={css['line']}>{note}</p>
      <ul className={css['changes']}>
        {sources.map((source) => (
          <li key={source.url}>
            {source.title} <span className="mono quiet">{source.url}</span>
          </li>
        ))}
      </ul>
      <Findings findings={findings} />
    </Section>
  );
}
