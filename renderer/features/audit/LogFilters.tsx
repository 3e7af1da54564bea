import { Button, Select, TextInput } from '@mantine/core';
import { useCallback } from 'react';
import { SearchField } from '../../components/SearchField.tsx';
import { Toolbar } from '../../components/Toolbar.tsx';
import { useFacets } from './queries.ts';
import type { LogSearch } from './search.ts';
import { actionWords } from './words.ts';

const NONE: LogSearch = { q: '', actor: '', action: '', from: '', until: '' };

/** Search and filters of the log; a date is a local day, and both ends of a period belong to it. */
export function LogFilters({
  search,
  onChange,
}: {
  search: LogSearch;
  onChange: (change: Partial<LogSearch>) => void;
}) {
  const { data: facets } = useFacets();
  const onText = useCallback((q: string) => onChange({ q }), [onChange]);
  const narrowed = Object.values(search).some((part) => part !== '');
  return (
    <Toolbar>
      <SearchField label="Search who, what and to what" value={search.q} onChange={onText} />
      <Select
        size="xs"
        w={176}
        aria-label="Who"
        placeholder="Everybody"
        searchable
        clearable
        clearButtonProps={{ 'aria-label': 'Everybody' }}
        data={facets?.actors ?? []}
        value={search.actor === '' ? null : search.actor}
        onChange={(actor) => onChange({ actor: actor ?? '' })}
      />
      <Select
        size="xs"
        w={224}
        aria-label="Did"
        placeholder="Everything that was done"
        searchable
        clearable
        clearButtonProps={{ 'aria-label': 'Everything that was done' }}
        data={(facets?.actions ?? []).map((action) => ({ value: action, label: actionWords(action) }))}
        value={search.action === '' ? null : search.action}
        onChange={(action) => onChange({ action: action ?? '' })}
      />
      <TextInput
        size="xs"
        type="date"
        aria-label="From day"
        title="First day of the period"
        value={search.from}
        max={search.until === '' ? undefined : search.until}
        onChange={(event) => onChange({ from: event.currentTarget.value })}
      />
      <span className="quiet">to</span>
      <TextInput
        size="xs"
        type="date"
        aria-label="Until day"
        title="Last day of the period"
        value={search.until}
        min={search.from === '' ? undefined : search.from}
        onChange={(event) => onChange({ until: event.currentTarget.value })}
      />
      {narrowed && (
        <Button variant="subtle" color="gray" onClick={() => onChange(NONE)}>
          Show everything
        </Button>
      )}
    </Toolbar>
  );
}
