import { Button, Group, Popover, TextInput } from '@mantine/core';
import { IconCalendar } from '@tabler/icons-react';
import { localTime } from './time.ts';

interface Days {
  /** Local days, `2026-11-24`, both included; undefined where the span is open. */
  readonly from: string | undefined;
  readonly until: string | undefined;
}

/** A span of days that narrows a list: said on the button, set in what it opens. */
export function DaysFilter({
  of,
  from,
  until,
  onChange,
}: {
  /** What happened on these days, for example “Raised”. */
  of: string;
  onChange: (days: Partial<Days>) => void;
} & Days) {
  const day = (name: keyof Days, label: string, value: string | undefined) => (
    <TextInput
      size="xs"
      type="date"
      label={label}
      value={value ?? ''}
      onChange={({ currentTarget }) => onChange({ [name]: currentTarget.value || undefined })}
    />
  );
  const set = from !== undefined || until !== undefined;
  return (
    <Popover position="bottom-start" shadow="md" trapFocus returnFocus>
      <Popover.Target>
        <Button
          variant="default"
          fw={set ? 550 : 400}
          c={set ? 'var(--ink)' : 'var(--ink-2)'}
          leftSection={<IconCalendar size={14} aria-hidden="true" />}
        >
          {of} {daysText({ from, until })}
        </Button>
      </Popover.Target>
      <Popover.Dropdown>
        <Group gap={8} align="end">
          {day('from', `${of} from day`, from)}
          {day('until', `${of} until day`, until)}
          <Button
            variant="default"
            disabled={!set}
            onClick={() => onChange({ from: undefined, until: undefined })}
          >
            Any day
          </Button>
        </Group>
      </Popover.Dropdown>
    </Popover>
  );
}

const dayText = (day: string): string => localTime(`${day}T00:00`, true);

function daysText({ from, until }: Days): string {
  if (from === undefined) return until === undefined ? 'on any day' : `until ${dayText(until)}`;
  if (until === undefined) return `since ${dayText(from)}`;
  return from === until ? `on ${dayText(from)}` : `${dayText(from)} to ${dayText(until)}`;
}
