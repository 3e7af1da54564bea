import type { FormulaDetail } from '../../../shared/contract/weights.ts';
import { formatNumber, plural } from '../../components/number.ts';
import { Section } from '../../components/Section.tsx';
import { useEffects, type Measured } from './queries.ts';
import css from './Weights.module.css';

/** What differs from the formula beside this one, in words, with what each change does to feeds. */
export function Changes({
  detail: { comparison },
  measured,
  against,
}: {
  detail: FormulaDetail;
  measured: Measured;
  /** The release it is compared with; null when that is no release. */
  against: string | null;
}) {
  const { data: effects } = useEffects(measured, against);
  if (comparison === null) return null;
  const { title, changes } = comparison;
  if (changes === null) {
    return (
      <Section title={`What differs from ${title}`}>
        <p className={css['line']}>
          {title} cannot rank as it stands, so only its heads are set beside these.
        </p>
      </Section>
    );
  }
  const feeds = (share: number | null = null) =>
    effects === undefined || share === null
      ? ''
      : `; ${percent(share)} of feeds change in the top ${effects.depth}`;
  const all = effects?.all ?? null;
  return (
    <Section
      title={`What differs from ${title}`}
      note={
        effects === undefined || all === null
          ? plural(changes.length, 'change')
          : `${plural(changes.length, 'change')}, ${percent(all)} of ${plural(effects.requests, 'feed')} change in the top ${effects.depth}`
      }
    >
      {changes.length === 0 ? (
        <p className={css['line']}>Nothing: the two formulas are the same.</p>
      ) : (
        <ul className={css['changes']}>
          {changes.map(({ kind, name, words }, at) => (
            <li key={`${kind} ${name}`}>
              {words}
              <span className="quiet">{feeds(effects?.single[at])}</span>
            </li>
          ))}
        </ul>
      )}
    </Section>
  );
}

const percent = (share: number): string => `${formatNumber(100 * share, 0)} %`;
