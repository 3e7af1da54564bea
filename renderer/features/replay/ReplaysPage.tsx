import { getRouteApi } from '@tanstack/react-router';
import { useMemo } from 'react';
import type { ReplayRow } from '../../../shared/contract/replay.ts';
import { usePageKeys, type PageKey } from '../../app/keys.ts';
import { ButtonLink } from '../../components/ButtonLink.tsx';
import { EmptyState } from '../../components/EmptyState.tsx';
import { Loaded } from '../../components/Loaded.tsx';
import { formatCount } from '../../components/number.ts';
import { Page } from '../../components/Page.tsx';
import { Ranker } from '../../components/Ranker.tsx';
import { Section } from '../../components/Section.tsx';
import { columnsOf, DataTable } from '../../components/table/DataTable.tsx';
import { wholeRows } from '../../components/table/pages.ts';
import { TimeText } from '../../components/TimeText.tsx';
import { ImportButton } from '../releases/ImportButton.tsx';
import { useReleases } from '../releases/queries.ts';
import css from './Replays.module.css';
import { useReplays, useSnapshots } from './queries.ts';
import { Interrupted } from './Interrupted.tsx';
import { ReplayStateMark } from './ReplayStateMark.tsx';
import { SetUp } from './set-up/SetUp.tsx';

const KEYS: readonly PageKey[] = [
  { keys: ['↑', '↓'], does: 'Move through the replays (also j and k)' },
  { keys: ['Enter'], does: 'Open the replay' },
];

const column = columnsOf<ReplayRow>();
const columns = column.columns([
  column.display({
    id: 'candidate',
    header: 'Candidate',
    meta: { width: 'minmax(152px, 1.2fr)' },
    cell: ({ row }) => <Ranker side="candidate" ranker={row.original.candidate} />,
  }),
  column.display({
    id: 'baseline',
    header: 'Baseline',
    meta: { width: 'minmax(152px, 1.2fr)' },
    cell: ({ row }) => <Ranker side="baseline" ranker={row.original.baseline} />,
  }),
  column.display({
    id: 'snapshot',
    header: 'Snapshot',
    meta: { width: 'minmax(120px, 1fr)' },
    cell: ({ row }) => <span title={row.original.snapshot.name}>{row.original.snapshot.name}</span>,
  }),
  column.display({
    id: 'state',
    header: 'State',
    meta: { width: '128px' },
    cell: ({ row }) => <ReplayStateMark state={row.original.state} />,
  }),
  column.display({
    id: 'requests',
    header: 'Requests',
    meta: { width: '96px', right: true },
    cell: ({ row: { original } }) =>
      original.state === 'done' ? formatCount(original.requests) : <span className="quiet">–</span>,
  }),
  column.display({
    id: 'created',
    header: 'Started',
    meta: { width: '160px' },
    cell: ({ row }) => <TimeText at={row.original.createdAt} />,
  }),
]);

const route = getRouteApi('/frame/replay');
const noSort = () => {};

export function ReplaysPage() {
  const preset = route.useSearch();
  const navigate = route.useNavigate();
  const snapshots = useSnapshots();
  const releases = useReleases();
  const replays = useReplays();
  usePageKeys(KEYS);
  const rows = useMemo(() => wholeRows(replays.data ?? []), [replays.data]);
  return (
    <Page
      title="Replay"
      fill
      lead="Two rankers on the same logged requests, and what differs for people"
      actions={<ButtonLink to="/replay/gates">Gates</ButtonLink>}
    >
      <Section title="New replay">
        <Loaded query={snapshots}>
          {(snapshots) => (
            <Loaded query={releases}>
              {(releases) =>
                releases.length < 2 ? (
                  <EmptyState title="Two releases are needed" action={<ImportButton />}>
                    A replay compares a candidate with a baseline. Import both, then add a snapshot of logged
                    requests.
                  </EmptyState>
                ) : (
                  <SetUp
                    snapshots={snapshots}
                    releases={releases}
                    preset={preset}
                    onPreset={(search) => void navigate({ search, replace: true })}
                  />
                )
              }
            </Loaded>
          )}
        </Loaded>
      </Section>
      <div className={css['list']}>
        <Section title="Replays">{null}</Section>
        <Interrupted replays={replays.data ?? []} />
        <Loaded query={replays}>
          {() => (
            <DataTable
              label="Replays"
              noun="replay"
              columns={columns}
              rows={rows}
              rowId={(replay) => replay.id}
              sort={null}
              onSort={noSort}
              onOpen={({ id }) => void navigate({ to: '/replay/$id', params: { id } })}
              empty="No replay yet. The form above starts the first one."
            />
          )}
        </Loaded>
      </div>
    </Page>
  );
}
