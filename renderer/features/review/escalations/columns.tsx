import type { EscalationRow } from '../../../../shared/contract/review/escalations.ts';
import { columnsOf } from '../../../components/table/DataTable.tsx';
import { TimeText } from '../../../components/TimeText.tsx';
import { Due } from './Due.tsx';
import { StateMark } from './StateMark.tsx';

const column = columnsOf<EscalationRow>();

/** The columns of the list; their ids are what the service sorts by. */
export const columns = column.columns([
  column.accessor('state', {
    id: 'state',
    header: 'State',
    meta: { width: '112px' },
    cell: ({ row }) => <StateMark state={row.original.state} />,
  }),
  column.accessor('owner', {
    id: 'owner',
    header: 'Owner',
    meta: { width: '136px' },
    cell: ({ row }) => row.original.owner ?? <span className="quiet">nobody</span>,
  }),
  column.accessor('due', {
    id: 'due',
    header: 'Due',
    meta: { width: '136px' },
    cell: ({ row }) => <Due of={row.original} />,
  }),
  column.accessor('itemId', {
    id: 'item',
    header: 'Item',
    meta: { width: 'minmax(104px, 0.6fr)' },
    cell: ({ row }) => <span className="mono">{row.original.itemId}</span>,
  }),
  column.accessor(({ feed }) => feed + 1, {
    id: 'feed',
    header: 'Feed',
    meta: { width: '72px', right: true },
  }),
  column.accessor('note', {
    id: 'note',
    header: 'Why',
    meta: { width: 'minmax(160px, 2fr)' },
    cell: ({ row }) => <span title={row.original.note}>{row.original.note || '–'}</span>,
  }),
  column.accessor('raisedBy', {
    id: 'raised',
    header: 'Raised by',
    meta: { width: '128px' },
    cell: ({ row: { original } }) => <span title={original.raisedBy}>{original.raisedBy}</span>,
  }),
  column.accessor('comments', {
    id: 'comments',
    header: 'Comments',
    meta: { width: '96px', right: true },
  }),
  column.accessor('changedAt', {
    id: 'changed',
    header: 'Changed',
    meta: { width: '152px' },
    cell: ({ row }) => <TimeText at={row.original.changedAt} />,
  }),
]);
