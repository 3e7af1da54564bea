import type { HistoryRow } from '../../../../shared/contract/review/history.ts';
import { Mark } from '../../../components/Mark.tsx';
import { columnsOf } from '../../../components/table/DataTable.tsx';
import { TimeText } from '../../../components/TimeText.tsx';
import { RulingMark } from './RulingMark.tsx';

const column = columnsOf<HistoryRow>();
/** The columns of the history; `titles` are those of policies. */
export const columnsWith = (titles: ReadonlyMap<string, string>) =>
  column.columns([
    column.display({
      id: 'at',
      header: 'At',
      meta: { width: '152px' },
      cell: ({ row }) => <TimeText at={row.original.at} />,
    }),
    column.display({
      id: 'person',
      header: 'Reviewer',
      meta: { width: '128px' },
      cell: ({ row }) => <span title={row.original.person}>{row.original.person}</span>,
    }),
    column.display({
      id: 'ruling',
      header: 'Decided',
      meta: { width: '216px' },
      cell: ({ row }) => <RulingMark ruling={row.original.ruling} />,
    }),
    column.display({
      id: 'policy',
      header: 'Policy',
      meta: { width: 'minmax(120px, 0.8fr)' },
      cell: ({ row: { original } }) => {
        const policy = original.ruling.kind === 'item' ? original.ruling.policy : null;
        return policy === null ? '–' : (titles.get(policy) ?? policy);
      },
    }),
    column.display({
      id: 'subject',
      header: 'Of',
      meta: { width: 'minmax(160px, 1.4fr)' },
      cell: ({ row: { original } }) => subjectText(original),
    }),
    column.display({
      id: 'note',
      header: 'Note',
      meta: { width: 'minmax(120px, 1.4fr)' },
      cell: ({ row }) => <span title={row.original.ruling.note}>{row.original.ruling.note || '–'}</span>,
    }),
    column.display({
      id: 'campaign',
      header: 'Campaign',
      meta: { width: 'minmax(112px, 0.8fr)' },
      cell: ({ row }) => <span title={row.original.campaignName}>{row.original.campaignName}</span>,
    }),
    column.display({
      id: 'state',
      header: 'Stands',
      meta: { width: '96px' },
      cell: ({ row }) =>
        row.original.reversedBy === null ? (
          'in force'
        ) : (
          <Mark tone="unknown" shape="dash">
            reversed
          </Mark>
        ),
    }),
  ]);

function subjectText({ ruling, feed, caption }: HistoryRow) {
  if (ruling.kind !== 'item') return `feed ${feed + 1}`;
  const words = caption === null || caption === '' ? `item ${ruling.itemId}` : caption;
  return <span title={`item ${ruling.itemId}, feed ${feed + 1}`}>{words}</span>;
}
