import { useElementSize } from '@mantine/hooks';
import { useState } from 'react';
import { Bar, BarChart, CartesianGrid, ReferenceLine, XAxis, YAxis } from 'recharts';
import type { ItemArithmetic } from '../../../../shared/contract/replay.ts';
import { formatSigned, formatWeight } from '../../../components/number.ts';
import type { Side } from '../../../components/Ranker.tsx';
import { Table } from '../../../components/Table.tsx';
import css from './WhyHere.module.css';

const LEAST_WIDTH = 240;
const ROW = 34;

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
  const { ref, width } = useElementSize();
  // drawn once its width is known, so once, and after the page around it
  const measured = width > 0;
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
  const height = names.length * ROW + 40;
  const opacity = (which: Side) => (which === side ? 1 : 0.4);
  return (
    <section ref={ref} className={css['part']}>
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
          style={{ height }}
        >
          {measured && (
            <BarChart
              width={Math.max(LEAST_WIDTH, width)}
              height={height}
              data={bars}
              layout="vertical"
              margin={{ top: 4, right: 12, bottom: 0, left: 0 }}
              barGap={2}
              accessibilityLayer={false}
            >
              <CartesianGrid horizontal={false} stroke="var(--line)" />
              <XAxis
                type="number"
                height={36}
                tick={{ fill: 'var(--ink-3)', fontSize: 11 }}
                tickFormatter={(value: number) => formatWeight(value, 3)}
                stroke="var(--line-strong)"
                label={{ value: 'score', position: 'insideBottomRight', fill: 'var(--ink-3)', fontSize: 11 }}
              />
              <YAxis
                type="category"
                dataKey="name"
                width={92}
                interval={0}
                tick={{ fill: 'var(--ink-2)', fontSize: 12 }}
                tickLine={false}
                stroke="var(--line-strong)"
              />
              <ReferenceLine x={0} stroke="var(--ink-3)" />
              <Bar
                dataKey="baseline"
                fill="var(--baseline)"
                fillOpacity={opacity('baseline')}
                barSize={9}
                isAnimationActive={false}
              />
              <Bar
                dataKey="candidate"
                fill="var(--candidate)"
                fillOpacity={opacity('candidate')}
                barSize={9}
                isAnimationActive={false}
              />
            </BarChart>
          )}
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
