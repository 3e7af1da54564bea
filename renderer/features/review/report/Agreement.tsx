import type { CampaignReport } from '../../../../shared/domain/review/report.ts';
import type { AgreementResult } from '../../../../shared/domain/review/report-agreement.ts';
import { Figure } from '../../../components/export/Figure.tsx';
import { formatCount, formatNumber } from '../../../components/number.ts';
import { Table } from '../../../components/Table.tsx';
import { IntervalAxis, IntervalBar } from './IntervalBar.tsx';
import { agreementsOf, agreementTable } from './report-tables.ts';
import css from './Report.module.css';

const AXIS = { from: -1, to: 1, line: 0 };

/** How far reviewers agree beyond chance; where too little was judged twice, why there is no number. */
export function Agreement({
  report,
  titles,
}: {
  report: CampaignReport;
  titles: ReadonlyMap<string, string>;
}) {
  return (
    <Figure
      title="How far do reviewers agree beyond chance?"
      note="1 is full agreement, 0 is what chance gives"
      table={agreementTable(report, titles)}
    >
      {agreementsOf(report, titles).map(({ title, rows }) => (
        <section key={title} className={css['agreement']} aria-label={title}>
          <h3>{title}</h3>
          <IntervalAxis axis={AXIS} names={['−1', '0', '1']} />
          <Table
            label={`Agreement, ${title.toLowerCase()}`}
            rows={rows}
            rowKey={({ of, result }) => `${of} ${result.statistic}`}
            columns={[
              {
                name: 'On the line of chance',
                width: '260px',
                render: ({ result: { value, low, high } }) => (
                  <IntervalBar point={value} low={low} high={high} axis={AXIS} />
                ),
              },
              { name: 'Of', render: ({ of }) => of },
              { name: 'Statistic', width: '192px', render: ({ result }) => result.statistic },
              {
                name: 'Judged by two or more',
                width: '152px',
                right: true,
                render: ({ result }) => formatCount(result.units),
              },
              {
                name: 'Value (95 % interval)',
                width: '288px',
                render: ({ result }) => <Value of={result} />,
              },
            ]}
          />
        </section>
      ))}
    </Figure>
  );
}

function Value({ of: { value, low, high, because } }: { of: AgreementResult }) {
  if (value === null) return <span className="quiet">No number: {because}</span>;
  return (
    <span className="numeric">
      {formatNumber(value, 3)}
      {low === null || high === null
        ? ', no interval'
        : ` (${formatNumber(low, 3)} to ${formatNumber(high, 3)})`}
    </span>
  );
}
