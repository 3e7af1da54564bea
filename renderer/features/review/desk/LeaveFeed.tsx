import { Button, Popover } from '@mantine/core';
import { useWindowEvent } from '@mantine/hooks';
import { memo, useState } from 'react';
import { KeyHint } from '../../../components/KeyHint.tsx';
import { LeaveForm, type Leaving } from './LeaveForm.tsx';
import css from './Desk.module.css';

const begun = (place: string) => ({ place, hours: '24', to: null, note: '' });

/** Two ways to leave a feed without losing work. What it runs must stay the same. */
export const LeaveFeed = memo(function LeaveFeed({
  place,
  holding,
  handing,
  hold,
  handOver,
  leaveKey,
  opened,
  onOpen,
}: {
  /** The feed; what was written here for another one is gone. */
  place: string;
  /** True while it is on its way. */
  holding: boolean;
  handing: boolean;
  hold: (input: { until: string; note: string }) => void;
  handOver: (input: { to: string; note: string }) => void;
  leaveKey: string;
  opened: boolean;
  onOpen: (opened: boolean) => void;
}) {
  const [written, setWritten] = useState<Leaving & { place: string }>(begun(place));
  const form = written.place === place ? written : begun(place);
  // also before the focus has come into it
  useWindowEvent('keydown', ({ key }) => {
    if (opened && key === 'Escape') onOpen(false);
  });
  return (
    <Popover position="top-end" width={300} shadow="md" opened={opened} onChange={onOpen} trapFocus>
      <Popover.Target>
        <Button
          size="xs"
          variant="subtle"
          color="gray"
          justify="space-between"
          rightSection={<KeyHint keys={[leaveKey]} />}
          onClick={() => onOpen(!opened)}
        >
          Hold or hand over…
        </Button>
      </Popover.Target>
      <Popover.Dropdown className={css['leave'] ?? ''} role="dialog" aria-label="Hold or hand over">
        <LeaveForm
          form={form}
          onForm={(changed) => setWritten({ ...changed, place })}
          holding={holding}
          handing={handing}
          hold={hold}
          handOver={handOver}
        />
      </Popover.Dropdown>
    </Popover>
  );
});
