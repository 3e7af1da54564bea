import { Select } from '@mantine/core';
import type { Estimate, Importance, ImportanceReport } from '../../../../shared/domain/importance/report.ts';
import { Figure } from '../../../components/export/Figure.tsx';
import { formatCount, plural } from '../../../components/number.ts';
import { Table } from '../../../components/Table.tsx';
import changes from '../changes/Changes.module.css';
import { figureText } from '../diff/words.ts';
import { Bars, type Scale } from './Bars.tsx';
import css from './Importance.module.css';
import type { ImportanceSearch } from './search.ts';

type Head = ImportanceReport['heads'][number];

/** The features of one head, those it leans on most first, now and before. */
export function HeadFeatures({
  report,
  search,
  set,
}: {
  report: ImportanceReport;
  search: ImportanceSearch;
  set: (part: Partial<ImportanceSearch>) => void;
}) {
  const head = report.heads.find((each) => each.head === search.head) ?? report.heads[0];
  if (head === undefined) return null;
  const held = head.observed > 0;
  const by = held ? search.by : 'movement';
  return (
    <>
      <div className={changes['choices']}>
        <Select
          label="Head"
          w={200}
          data={report.heads.map((each) => each.head)}
          value={head.head}
          allowDeselect={false}
          onChange={(head) => set({ head: head ?? undefined })}
        />
        <Select
          label="Measured by"
          w={340}
          data={[
            { value: 'movement', label: 'How far its output moves' },
            {
              value: 'loss',
              label: held ? 'How much worse it predicts' : 'How much worse it predicts (nothing observed)',
              disabled: !held,
            },
          ]}
          value={by}
          allowDeselect={false}
          onChange={(by) => set({ by: by === 'loss' ? 'loss' : 'movement' })}
        />
      </div>
      <Features head={head} by={by} report={report} />
    </>
  );
}

function Features({ head, by, report }: { head: Head; by: keyof Importance; report: ImportanceReport }) {
  const rows = head.features
    .map(({ feature, own, former, change }) => ({
      feature,
      own: own[by] ?? NONE,
      former: former?.[by] ?? null,
      change: change?.[by] ?? null,
    }))
    .toSorted((a, b) => b.own.value - a.own.value);
  const scale = scaleOf(rows.flatMap(({ own, former }) => (former === null ? [own] : [own, former])));
  const compared = report.against !== null;
  const unit =
    by === 'movement'
      ? 'mean absolute change of the output when the feature is shuffled'
      : `increase of the mean squared error against ${head.signal}, on ${plural(head.observed, 'observed candidate')}`;
  return (
    <Figure
      title={`Which features matter to ${head.head}?`}
      note={unit}
      table={{
        columns: ['feature', ...['now', ...(compared ? ['before', 'change'] : [])].flatMap(withEnds)],
        rows: rows.map(({ feature, own, former, change }) => [
          feature,
          ...cells(own),
          ...(compared ? [...cells(former), ...cells(change)] : []),
        ]),
      }}
    >
      <div className={css['table']}>
        <Table
          label={`Features of ${head.head}`}
          rows={rows}
          rowKey={({ feature }) => feature}
          columns={[
            { name: 'Feature', render: ({ feature }) => <span className={css['feature']}>{feature}</span> },
            {
              name: compared ? 'Before and now' : 'Now',
              width: '270px',
              render: ({ own, former }) => <Bars {...{ own, former, scale }} />,
            },
            { name: 'Now', right: true, render: ({ own }) => <Sure estimate={own} /> },
            ...(compared
              ? [
                  {
                    name: 'Before',
                    right: true,
                    render: ({ former }: { former: Estimate | null }) => <Sure estimate={former} />,
                  },
                  {
                    name: 'Change',
                    right: true,
                    render: ({ change }: { change: Estimate | null }) => <Sure estimate={change} signed />,
                  },
                ]
              : []),
          ]}
        />
      </div>
      <p className={changes['none']}>
        Intervals of 95 %, from drawing the {formatCount(report.requests)} requests anew. Features that know
        the same hide each other: shuffling one leaves the other.
      </p>
    </Figure>
  );
}

const NONE: Estimate = { value: 0, interval: null };

function Sure({ estimate, signed = false }: { estimate: Estimate | null; signed?: boolean }) {
  if (estimate === null) return <span className="quiet">–</span>;
  const { value, interval } = estimate;
  return (
    <>
      {signed && value > 0 ? '+' : ''}
      {figureText(value)}
      {interval !== null && (
        <div className={css['interval']}>
          {figureText(interval.lower)} to {figureText(interval.upper)}
        </div>
      )}
    </>
  );
}

function scaleOf(estimates: readonly Estimate[]): Scale {
  const ends = estimates.flatMap(({ value, interval }) => [
    value,
    ...(interval === null ? [] : [interval.lower, interval.upper]),
  ]);
  return { least: Math.min(0, ...ends), most: Math.max(0, ...ends) };
}

const withEnds = (name: string): string[] => [name, `${name} from`, `${name} to`];

const cells = (estimate: Estimate | null): (number | null)[] => [
  estimate?.value ?? null,
  estimate?.interval?.lower ?? null,
  estimate?.interval?.upper ?? null,
];
