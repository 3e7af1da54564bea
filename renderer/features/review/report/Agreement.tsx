import type { AgreementResult, CampaignReport } from '../../../../shared/domain/review/report.ts';
import { Figure } from '../../../components/export/Figure.tsx';
import { formatCount, formatNumber } from '../../../components/number.ts';
import { Table } from '../../../components/Table.tsx';
import { IntervalAxis, IntervalBar } from './IntervalBar.tsx';
import { agreementsOf, agreementTable } from './report-tables.ts';

const AXIS = { from: -1, to: 1, line: 0 };

/** How far reviewers agree beyond chance; where too little was judged twice, why there is no number. */
export function Agreement({ report }: { report: CampaignReport }) {
  return (
    <Figure
      title="How far do reviewers agree beyond chance?"
      note="1 is full agreement, 0 is what chance gives"
      table={agreementTable(report)}
    >
      <IntervalAxis axis={AXIS} names={['−1', '0', '1']} />
      <Table
        label="Agreement"
        rows={agreementsOf(report)}
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
          { name: 'Statistic', render: ({ result }) => result.statistic },
          { name: 'Judged by two or more', right: true, render: ({ result }) => formatCount(result.units) },
          { name: 'Value (95 % interval)', render: ({ result }) => <Value of={result} /> },
        ]}
      />
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
