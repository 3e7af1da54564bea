import type { FormulaDetail } from '../../../shared/contract/weights.ts';
import { conditionWords } from '../../../shared/domain/formula/condition-words.ts';
import type { Formula } from '../../../shared/domain/formula/formula.ts';
import { formatWeight } from '../../components/number.ts';
import { Section } from '../../components/Section.tsx';
import { Table } from '../../components/Table.tsx';
import { InPlace } from './InPlace.tsx';
import css from './Weights.module.css';

/** What happens to a score after the sum: multipliers, filters, diversity and the cut. */
export function Rules({
  detail: { formula, comparison, findings },
  q,
}: {
  detail: FormulaDetail;
  /** What was searched for. */
  q: string;
}) {
  const { multipliers, filters, diversity, top_k } = formula;
  const other = comparison?.formula ?? null;
  const rules = [
    ...multipliers.map(({ name, factor, when }) => ({
      kind: 'Multiplier',
      name,
      when: when === null ? 'always' : conditionWords(when),
      effect: factor === null ? 'none' : `× ${formatWeight(factor)}`,
      former: factorBefore(other?.multipliers.find((rule) => rule.name === name)?.factor),
      known: other === null || other.multipliers.some((rule) => rule.name === name),
    })),
    ...filters.map(({ name, when }) => ({
      kind: 'Filter',
      name,
      when: when === null ? 'cannot be read' : conditionWords(when),
      effect: 'kept out',
      former: null,
      known: other === null || other.filters.some((rule) => rule.name === name),
    })),
    ...(diversity === null
      ? []
      : [
          {
            kind: 'Diversity',
            name: `by ${diversity.by ?? '?'}`,
            when: 'each further item of the same source',
            effect: `decay ${diversity.decay ?? '?'}, floor ${diversity.floor ?? '?'}`,
            former: diversityBefore(other),
            known: other === null || other.diversity !== null,
          },
        ]),
    {
      kind: 'Feed',
      name: 'length',
      when: 'always',
      effect: top_k === null ? 'none' : `first ${top_k}`,
      former: feedBefore(other),
      known: true,
    },
  ];
  const wanted = q.trim().toLowerCase();
  const shown = rules.filter(({ kind, name, when }) =>
    `${kind} ${name} ${when}`.toLowerCase().includes(wanted),
  );
  const found = (kind: string, name: string) =>
    findings.filter(
      ({ name: about, place }) => about === name && place.startsWith(`${kind.toLowerCase()}s[`),
    );
  return (
    <Section
      title="After the sum"
      note={shown.length < rules.length ? `${shown.length} of ${rules.length} found` : 'in this order'}
    >
      <Table
        label="Multipliers, filters, diversity and the cut"
        rows={shown}
        rowKey={({ kind, name }) => `${kind} ${name}`}
        columns={[
          { name: 'Rule', width: '110px', render: ({ kind }) => kind },
          {
            name: 'Name',
            render: ({ kind, name, known }) => (
              <>
                <strong className={css['name']}>{name}</strong>
                {!known && <span className={css['small']}> new</span>}
                <InPlace findings={found(kind, name)} />
              </>
            ),
          },
          { name: 'When', render: ({ when }) => when },
          {
            name: 'Effect',
            right: true,
            render: ({ effect, former }) => (
              <>
                {former !== null && former !== effect && <del className={css['former']}>{former}</del>}{' '}
                {effect}
              </>
            ),
          },
        ]}
      />
    </Section>
  );
}

const factorBefore = (factor: number | null = null): string | null =>
  factor === null ? null : `× ${formatWeight(factor)}`;

const diversityBefore = (other: Formula | null): string | null => {
  const diversity = other?.diversity ?? null;
  return diversity === null ? null : `decay ${diversity.decay ?? '?'}, floor ${diversity.floor ?? '?'}`;
};

const feedBefore = (other: Formula | null): string | null => {
  const length = other?.top_k ?? null;
  return length === null ? null : `first ${length}`;
};
