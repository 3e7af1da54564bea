import { Button } from '@mantine/core';
import type { Reviewer } from '../../../shared/contract/review/personal.ts';
import { Mark } from '../../components/Mark.tsx';
import { listOf } from '../../components/number.ts';
import { useLock } from '../roster/queries.ts';
import { UnlockForm } from '../roster/UnlockForm.tsx';

/** Says who reviews here, and lets a person unlock their key or lock it again. */
export function Unlock({ reviewer }: { reviewer: Reviewer | null }) {
  const lock = useLock();
  if (reviewer === null) return <UnlockForm label="Unlock a key for review" action="Unlock for review" />;
  return (
    <>
      <Mark tone="pass" shape="dot">
        {reviewer.name} ({listOf(reviewer.roles)}), key unlocked
      </Mark>
      <Button size="compact-xs" variant="default" loading={lock.isPending} onClick={() => lock.mutate()}>
        Lock
      </Button>
    </>
  );
}
