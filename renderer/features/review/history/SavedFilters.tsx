import { Button, Menu, Modal, TextInput } from '@mantine/core';
import { IconBookmark } from '@tabler/icons-react';
import { useState, type FormEvent } from 'react';
import type { DecisionFilter, SavedFilter } from '../../../../shared/domain/review/filter.ts';
import { ErrorState } from '../../../components/ErrorState.tsx';
import { useReviewer } from '../queries.ts';
import { useFilters, useRemoveFilter, useSaveFilter } from './queries.ts';

/** Filters that the person at this window keeps: opened, added, removed. */
export function SavedFilters({
  current,
  onOpen,
}: {
  current: DecisionFilter;
  onOpen: (filter: DecisionFilter) => void;
}) {
  const { data: reviewer = null } = useReviewer();
  const { data: filters = [] } = useFilters();
  const remove = useRemoveFilter();
  const [naming, setNaming] = useState(false);
  if (reviewer === null) return <span className="quiet">Unlock your key to keep filters</span>;
  return (
    <>
      <Menu position="bottom-end" shadow="md" transitionProps={{ duration: 0 }}>
        <Menu.Target>
          <Button variant="default" leftSection={<IconBookmark size={14} aria-hidden="true" />}>
            Filters
          </Button>
        </Menu.Target>
        <Menu.Dropdown>
          {filters.map((saved) => (
            <Menu.Item key={saved.id} onClick={() => onOpen(saved.filter)}>
              {saved.name}
            </Menu.Item>
          ))}
          {filters.length === 0 && <Menu.Label>No filter kept yet</Menu.Label>}
          <Menu.Divider />
          <Menu.Item disabled={Object.keys(current).length === 0} onClick={() => setNaming(true)}>
            Keep the filter that is set…
          </Menu.Item>
          {filters.map(({ id, name }) => (
            <Menu.Item key={id} c="var(--fail)" onClick={() => remove.mutate(id)}>
              Remove “{name}”
            </Menu.Item>
          ))}
        </Menu.Dropdown>
      </Menu>
      <Modal opened={naming} onClose={() => setNaming(false)} title="Keep this filter">
        <NameFilter filter={current} taken={filters} onDone={() => setNaming(false)} />
      </Modal>
    </>
  );
}

function NameFilter({
  filter,
  taken,
  onDone,
}: {
  filter: DecisionFilter;
  taken: readonly SavedFilter[];
  onDone: () => void;
}) {
  const save = useSaveFilter();
  const [name, setName] = useState('');
  const same = taken.find((saved) => saved.name === name.trim());
  const submit = (event: FormEvent) => {
    event.preventDefault();
    save.mutate({ id: same?.id ?? crypto.randomUUID(), name: name.trim(), filter }, { onSuccess: onDone });
  };
  return (
    <form onSubmit={submit}>
      <TextInput
        label="Name"
        data-autofocus
        maxLength={80}
        value={name}
        onChange={(event) => setName(event.currentTarget.value)}
      />
      <Button type="submit" mt={12} disabled={name.trim() === ''} loading={save.isPending}>
        {same === undefined ? 'Keep' : 'Replace the filter of that name'}
      </Button>
      {save.error !== null && <ErrorState error={save.error} />}
    </form>
  );
}
