import type { Policy } from '../../../../shared/domain/review/policy-library.ts';
import { Facts } from '../../../components/Facts.tsx';
import { Mark } from '../../../components/Mark.tsx';
import { Section } from '../../../components/Section.tsx';
import { Table } from '../../../components/Table.tsx';
import { ACTION_WORDS } from '../history/words.ts';
import css from './Policies.module.css';

const SEVERITIES = ['low', 'moderate', 'high', 'critical'];
const GROUNDS = { terms: 'the terms of service', law: 'the law' } as const;

/** One policy whole: what it says, what violates it, and what a decision under it may and must hold. */
export function PolicyArticle({
  policy,
  above,
  onOpen,
}: {
  policy: Policy;
  /** The policies above it, the topmost first. */
  above: readonly Policy[];
  onOpen: (id: string) => void;
}) {
  const {
    id,
    title,
    text,
    severity,
    actions,
    reasons,
    reason_required,
    examples,
    dsa_category,
    us,
    children = [],
  } = policy;
  return (
    <article className={css['article']} aria-label={title} tabIndex={0}>
      <p className={css['above']}>
        {above.map(({ id, title }) => (
          <span key={id}>
            <button type="button" onClick={() => onOpen(id)}>
              {title}
            </button>{' '}
            ›{' '}
          </span>
        ))}
      </p>
      <h2 className={css['title']}>{title}</h2>
      <p className={css['text']}>{text}</p>
      <Facts
        of={[
          [
            'Id',
            <span key="id" className="mono">
              {id}
            </span>,
          ],
          ['Severity', `${severity} of 4, ${SEVERITIES[severity - 1] ?? ''}`],
          ['Allows to', actions.map((action) => ACTION_WORDS[action]).join(', ')],
          ['Reason code', reason_required ? 'asked for with every decision' : 'may be left out'],
          ['US ground', `${GROUNDS[us.ground]}: ${us.reference}`],
          [
            'EU DSA category',
            <span key="category" className="mono">
              {dsa_category}
            </span>,
          ],
          ...(children.length === 0
            ? []
            : [
                [
                  'Below it',
                  <span key="below" className={css['below']}>
                    {children.map(({ id, title }) => (
                      <button key={id} type="button" onClick={() => onOpen(id)}>
                        {title}
                      </button>
                    ))}
                  </span>,
                ] as const,
              ]),
        ]}
      />
      <Section title="Examples">
        <ul className={css['examples']}>
          {examples.map(({ text, violates }) => (
            <li key={text}>
              {violates ? (
                <Mark tone="fail" shape="cross">
                  violates
                </Mark>
              ) : (
                <Mark tone="pass" shape="tick">
                  does not
                </Mark>
              )}
              <span>{text}</span>
            </li>
          ))}
        </ul>
      </Section>
      <Section title="Reason codes">
        <Table
          label="Reason codes"
          rows={reasons}
          rowKey={({ code }) => code}
          columns={[
            { name: 'Code', width: '200px', render: ({ code }) => <span className="mono">{code}</span> },
            { name: 'Reason', render: ({ title }) => title },
          ]}
        />
      </Section>
    </article>
  );
}
