import type { ReleaseDetail } from '../../../shared/contract/releases.ts';
import { formatWeight } from '../../components/number.ts';
import { Section } from '../../components/Section.tsx';
import { Table } from '../../components/Table.tsx';
import css from './PolicySection.module.css';

type Head = ReleaseDetail['heads'][number];

/** The ranking policy: its heads as a tariff, then the text it was read from. */
export function PolicySection({ release }: { release: ReleaseDetail }) {
  return (
    <>
      <Section title="Heads and weights" note={`Feeds are cut at ${release.topK} items`}>
        <Table
          label="Heads and weights"
          rows={release.heads}
          rowKey={(head) => head.name}
          columns={[
            { name: 'Head', render: (head) => <strong>{head.name}</strong> },
            { name: 'Model output', render: (head) => <span className="mono">{head.output}</span> },
            { name: 'Kind', render: (head) => head.kind },
            { name: 'Weight', right: true, render: (head) => formatWeight(head.weight) },
            { name: 'Least', right: true, render: (head) => formatWeight(head.min) },
            { name: 'Most', right: true, render: (head) => formatWeight(head.max) },
            { name: 'Place in its range', width: '168px', render: (head) => <Range head={head} /> },
          ]}
        />
      </Section>
      <Section title="Policy as written" note="policy.yaml">
        <pre className={css['text']} tabIndex={0} aria-label="Text of policy.yaml">
          {numbered(release.policyText).map(({ number, text }) => (
            <span key={number}>{text === '' ? ' ' : text}</span>
          ))}
        </pre>
      </Section>
    </>
  );
}

const WIDTH = 160;

function Range({ head }: { head: Head }) {
  const span = head.max - head.min;
  const place = (value: number) => 4 + (span === 0 ? 0 : ((value - head.min) / span) * (WIDTH - 8));
  return (
    <svg className={css['range']} viewBox={`0 0 ${WIDTH} 20`} aria-hidden="true">
      <path d={`M4 10H${WIDTH - 4}`} stroke="var(--line-strong)" strokeWidth="2" />
      {head.min <= 0 && head.max >= 0 && <path d={`M${place(0)} 5v10`} stroke="var(--ink-3)" />}
      <circle cx={place(head.weight)} cy="10" r="4" fill="var(--ink)" />
    </svg>
  );
}

const numbered = (text: string): { number: number; text: string }[] =>
  text
    .trimEnd()
    .split('\n')
    .map((line, index) => ({ number: index + 1, text: line }));
