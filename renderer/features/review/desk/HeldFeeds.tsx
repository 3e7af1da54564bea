import { Button } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { bridge, value } from '../../../app/bridge.ts';
import { deskKey, useHolders, type Claim } from '../queries.ts';
import { localTime } from './local-time.ts';
import css from './Desk.module.css';

/** The feeds of a campaign that the person holds for later, each to be taken up before the hold ends. */
export function HeldFeeds({
  claim,
  campaign,
  person,
  onSay,
}: {
  claim: Claim;
  campaign: string;
  person: string;
  onSay: (words: string) => void;
}) {
  const client = useQueryClient();
  const holders = useHolders(campaign);
  const takeUp = useMutation({
    mutationFn: (feed: number) => value(bridge.review.claim({ campaign, feed })),
    onSuccess: (task) => {
      if (task === null) return;
      client.setQueryData(deskKey(claim, person), task);
      onSay(`Feed ${task.feed + 1} is taken up again.`);
      void holders.refetch();
    },
  });
  const held = holders.data?.filter((holder) => holder.person === person && holder.state === 'held') ?? [];
  if (held.length === 0) return null;
  return (
    <span className={css['held']}>
      Held by you:
      {held.map(({ feed, leaseUntil, note }) => (
        <Button
          key={feed}
          size="compact-xs"
          variant="default"
          title={`until ${localTime(leaseUntil)}${note === '' ? '' : `: ${note}`}`}
          aria-label={`Take up feed ${feed + 1}, held until ${localTime(leaseUntil)}`}
          disabled={takeUp.isPending}
          onClick={() => takeUp.mutate(feed)}
        >
          Feed {feed + 1}
        </Button>
      ))}
      {takeUp.error !== null && <span className={css['label']}>{takeUp.error.message}</span>}
    </span>
  );
}
