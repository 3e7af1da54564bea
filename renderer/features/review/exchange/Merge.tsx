import { Button } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { ErrorState } from '../../../components/ErrorState.tsx';
import { Mark } from '../../../components/Mark.tsx';
import { plural } from '../../../components/number.ts';
import { Table } from '../../../components/Table.tsx';
import { FeedLink } from '../report/Harms.tsx';
import css from './Exchange.module.css';
import { Progress } from './Progress.tsx';
import { useMerge } from './queries.ts';

/** Merges a signed campaign file: says who signed it, what was new, and what now contradicts. */
export function Merge({ locked }: { locked: boolean }) {
  const merge = useMerge();
  const { data } = merge;
  return (
    <div className={css['block']}>
      <p className="quiet">
        A file is taken in when a US key of the roster signed it. Nothing here is replaced: merging the same
        file twice changes nothing.
      </p>
      <span>
        <Button variant="default" disabled={locked} loading={merge.isPending} onClick={() => merge.mutate()}>
          Merge a campaign file…
        </Button>
      </span>
      {merge.isPending && <Progress of="Merge a campaign" />}
      {merge.error !== null && <ErrorState error={merge.error} />}
      {data && (
        <div role="status">
          <Mark tone="pass" shape="tick">
            Merged
          </Mark>
          , signed by {data.signedBy}: {plural(data.added, 'new decision')}, {data.known} known before.{' '}
          <Link to="/review/campaign/$id/report" params={{ id: data.campaign }}>
            Report of the campaign
          </Link>
        </div>
      )}
      {data && data.conflicts.length > 0 && (
        <>
          <p>
            <Mark tone="fail" shape="cross">
              {plural(data.conflicts.length, 'conflict')}
            </Mark>
            : one person has two decisions in force. They reverse the one that is wrong.
          </p>
          <Table
            label="Conflicts after the merge"
            rows={data.conflicts}
            rowKey={({ person, feed, subject }) => `${person} ${feed} ${subject}`}
            columns={[
              {
                name: 'Feed',
                right: true,
                width: '56px',
                render: ({ feed }) => <FeedLink campaign={data.campaign} feed={feed} />,
              },
              { name: 'Reviewer', render: ({ person }) => person },
              { name: 'Has two decisions on', render: ({ subject }) => subject },
            ]}
          />
        </>
      )}
    </div>
  );
}
