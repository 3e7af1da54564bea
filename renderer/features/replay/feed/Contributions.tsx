import { useState } from 'react';
import type { ItemArithmetic } from '../../../../shared/contract/replay.ts';
import { formatSigned, formatWeight } from '../../../components/number.ts';
import type { Side } from '../../../components/Ranker.tsx';
import { Table } from '../../../components/Table.tsx';
import { ContributionBars } from './ContributionBars.tsx';
import css from './WhyHere.module.css';

/** What each head adds to or takes from the score: the chosen side full, the other one faint beside it. */
export function Contributions({
  baseline,
  candidate,
  side,
}: {
  baseline: ItemArithmetic | undefined;
  candidate: ItemArithmetic | undefined;
  side: Side;
}) {
  const [asTable, setAsTable] = useState(false);
  const names = [...new Set([...headNames(candidate), ...headNames(baseline)])];
  const rows = names.map((name) => ({
    name,
    baseline: baseline?.heads.find((head) => head.name === name),
    candidate: candidate?.heads.find((head) => head.name === name),
  }));
  const bars = rows.map(({ name, baseline, candidate }) => ({
    name,
    baseline: baseline?.contribution,
    candidate: candidate?.contribution,
  }));
  return (
    <section className={css['part']}>
      <div className={css['partHead']}>
        <h3>What each head adds</h3>
        <button type="button" className={css['switch']} onClick={() => setAsTable(!asTable)}>
          {asTable ? 'as a chart' : 'as a table'}
        </button>
      </div>
      {asTable ? (
        <Table
          label="Contribution of each head"
          rows={rows}
          rowKey={(row) => row.name}
          columns={[
            { name: 'Head', render: (row) => row.name },
            { name: 'Output', right: true, render: (row) => text(row[side]?.output) },
            { name: 'Value', right: true, render: (row) => text(row[side]?.value) },
            { name: 'Weight', right: true, render: (row) => text(row[side]?.weight) },
            { name: 'Adds', right: true, render: (row) => signed(row[side]?.contribution) },
          ]}
        />
      ) : (
        <div
          role="img"
          aria-label={described(rows.map((row) => ({ name: row.name, adds: row[side]?.contribution })))}
        >
          <ContributionBars rows={bars} side={side} />
        </div>
      )}
    </section>
  );
}

const headNames = (item: ItemArithmetic | undefined): string[] => item?.heads.map(({ name }) => name) ?? [];
const text = (value: number | undefined): string => (value === undefined ? '–' : formatWeight(value, 3));
const signed = (value: number | undefined): string => (value === undefined ? '–' : formatSigned(value, 4));

function described(heads: readonly { name: string; adds: number | undefined }[]): string {
  return heads.map(({ name, adds }) => `${name} ${signed(adds)}`).join(', ');
}
