import { Button, Checkbox, Popover, Stack } from '@mantine/core';
import { COLUMN_NAMES } from './columns.tsx';
import { useRemembered } from './remembered.ts';

/** Which columns the table has; remembered on this machine. */
export function ColumnMenu() {
  const { hidden, set } = useRemembered();
  return (
    <Popover position="bottom-end" shadow="md" transitionProps={{ duration: 0 }} trapFocus>
      <Popover.Target>
        <Button variant="default">Columns</Button>
      </Popover.Target>
      <Popover.Dropdown>
        <Stack gap={6} role="group" aria-label="Columns of the table">
          {COLUMN_NAMES.slice(1).map(({ id, name }) => (
            <Checkbox
              key={id}
              size="xs"
              label={name}
              checked={!hidden.includes(id)}
              onChange={({ currentTarget: { checked } }) =>
                set({ hidden: checked ? hidden.filter((each) => each !== id) : [...hidden, id] })
              }
            />
          ))}
        </Stack>
      </Popover.Dropdown>
    </Popover>
  );
}
