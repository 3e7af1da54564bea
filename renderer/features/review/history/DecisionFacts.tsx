import { Button } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import type { HistoryRow } from '../../../../shared/contract/review/history.ts';
import { Digest } from '../../../components/Digest.tsx';
import { Facts } from '../../../components/Facts.tsx';
import { Mark } from '../../../components/Mark.tsx';
import { listOf } from '../../../components/number.ts';
import { TimeText } from '../../../components/TimeText.tsx';
import { useReplays } from '../../replay/queries.ts';
import { usePolicyTitles } from '../policies/queries.ts';
import { useCampaigns, useReviewer } from '../queries.ts';
import css from './History.module.css';
import { Reverse } from './Reverse.tsx';
import { RulingMark } from './RulingMark.tsx';

/** One decision whole: what was decided, of what, by whom, and exactly what they saw. */
export function DecisionFacts({ row, onDone }: { row: HistoryRow; onDone: () => void }) {
  const titles = usePolicyTitles();
  const { data: reviewer = null } = useReviewer();
  const [reversing, setReversing] = useState(false);
  const { ruling, seen } = row;
  const mine = reviewer?.person === row.person;
  return (
    <>
      <Facts
        of={[
          ['Decided', <RulingMark key="ruling" ruling={ruling} />],
          ...(ruling.kind === 'item' ? itemFacts(row, ruling, titles, onDone) : []),
          [
            'Note',
            ruling.note === '' ? (
              '–'
            ) : (
              <p key="note" className={css['note']}>
                {ruling.note}
              </p>
            ),
          ],
          ['Stills uncovered by then', uncoveredWords(ruling.uncovered)],
          ['By', row.person],
          ['At', <TimeText key="at" at={row.at} />],
          [
            'Stands',
            row.reversedBy === null ? (
              <Mark key="stands" tone="pass" shape="tick">
                in force
              </Mark>
            ) : (
              <span key="reversed">
                reversed by <Digest of={row.reversedBy} />
              </span>
            ),
          ],
          ...(row.reverses === null
            ? []
            : [['In the place of', <Digest key="reverses" of={row.reverses} />] as const]),
          ['Campaign', row.campaignName],
          ['Feed', <Feed key="feed" row={row} />],
          [
            'Releases seen',
            <span key="releases" className={css['actions']}>
              {seen.releases.map((digest) => (
                <Digest key={digest} of={digest} />
              ))}
            </span>,
          ],
          ['Feed as seen', <Digest key="feed-seen" of={seen.feed} />],
          ['Snapshot', <Digest key="snapshot" of={seen.snapshot} />],
          ['Policies', <Digest key="policies" of={seen.policies} />],
          ['Decision', <Digest key="id" of={row.id} whole />],
        ]}
      />
      {reversing ? (
        <Reverse row={row} onDone={onDone} onCancel={() => setReversing(false)} />
      ) : (
        row.reversedBy === null && (
          <p className={css['below']}>
            {mine ? (
              <Button variant="default" onClick={() => setReversing(true)}>
                Reverse this decision…
              </Button>
            ) : (
              <span className="quiet">
                Only {row.person} can reverse it, with their key unlocked here; others escalate the item.
              </span>
            )}
          </p>
        )
      )}
    </>
  );
}

function uncoveredWords(items: readonly string[] | undefined): string {
  if (items === undefined) return 'not kept of this decision';
  return items.length === 0 ? 'none' : `of ${listOf(items)}`;
}

function itemFacts(
  { caption, authorId }: HistoryRow,
  ruling: Extract<HistoryRow['ruling'], { kind: 'item' }>,
  titles: ReadonlyMap<string, string>,
  onDone: () => void,
) {
  return [
    [
      'Item',
      <Link key="item" to="/review/history" search={{ item: ruling.itemId }} onClick={onDone}>
        {ruling.itemId}
      </Link>,
    ],
    ['Caption', caption === null || caption === '' ? 'not known here' : caption],
    [
      'Author',
      authorId === null ? (
        'not known here'
      ) : (
        <Link key="author" to="/review/history" search={{ author: authorId }} onClick={onDone}>
          {authorId}
        </Link>
      ),
    ],
    ['Policy', ruling.policy === null ? '–' : (titles.get(ruling.policy) ?? ruling.policy)],
    ['Reason', ruling.reason ?? '–'],
    ['Severity', ruling.severity === null ? '–' : `${ruling.severity} of 4`],
    ['Still', ruling.revealed ? 'was uncovered before the decision' : 'was not uncovered'],
  ] as const;
}

/** The feed's number, and the way to it where its replay is in this workspace. */
function Feed({ row: { campaign, feed, requestId } }: { row: HistoryRow }) {
  const found = useCampaigns().data?.find(({ id }) => id === campaign);
  const replay = useReplays().data?.find(
    ({ state, snapshot, baseline, candidate }) =>
      state === 'done' &&
      snapshot.digest === found?.snapshot &&
      baseline.digest === found.baseline.digest &&
      candidate.digest === found.release.digest,
  );
  const words = `${feed + 1}, request ${requestId}`;
  return replay === undefined ? (
    words
  ) : (
    <Link to="/replay/$id/request/$requestId" params={{ id: replay.id, requestId }}>
      {words}
    </Link>
  );
}
