import { Button, Select } from '@mantine/core';
import { useCallback } from 'react';
import { ReportState } from '../../../../shared/domain/review/report-state.ts';
import { DaysFilter } from '../../../components/DaysFilter.tsx';
import { SearchField } from '../../../components/SearchField.tsx';
import { Toolbar } from '../../../components/Toolbar.tsx';
import { useCampaigns, useReviewers } from '../queries.ts';
import { EscalationsSearch, NOBODY } from './search.ts';

const SHOWN = [
  { value: 'not closed', label: 'Not closed' },
  { value: 'all', label: 'In every state' },
  ...ReportState.options.map((state) => ({ value: state, label: `Only ${state}` })),
];

/** What narrows the escalations; everything stands in the address. */
export function EscalationsFilters({
  search,
  onChange,
}: {
  search: EscalationsSearch;
  onChange: (change: Partial<EscalationsSearch>) => void;
}) {
  const { data: campaigns = [] } = useCampaigns();
  const { data: reviewers = [] } = useReviewers();
  const onText = useCallback((q: string) => onChange({ q: q === '' ? undefined : q }), [onChange]);
  const none = EscalationsSearch.parse({});
  const narrowed = Object.entries(search).some(
    ([name, part]) => part !== undefined && !(name === 'show' && part === none.show),
  );
  return (
    <Toolbar>
      <SearchField
        label="Search notes, comments, items and people"
        value={search.q ?? ''}
        onChange={onText}
      />
      <Select
        size="xs"
        w={136}
        aria-label="Which escalations"
        data={SHOWN}
        value={search.show}
        onChange={(show) => onChange(EscalationsSearch.pick({ show: true }).parse({ show }))}
      />
      <Select
        size="xs"
        w={148}
        aria-label="Campaign"
        placeholder="All campaigns"
        clearable
        clearButtonProps={{ 'aria-label': 'All campaigns' }}
        data={campaigns.map(({ id, name }) => ({ value: id, label: name }))}
        value={search.campaign ?? null}
        onChange={(campaign) => onChange({ campaign: campaign ?? undefined })}
      />
      <Select
        size="xs"
        w={128}
        aria-label="Owner"
        placeholder="Every owner"
        clearable
        clearButtonProps={{ 'aria-label': 'Every owner' }}
        data={[
          { value: NOBODY, label: 'Nobody yet' },
          ...reviewers.map(({ person, name }) => ({ value: person, label: name })),
        ]}
        value={search.owner ?? null}
        onChange={(owner) => onChange({ owner: owner ?? undefined })}
      />
      <DaysFilter of="Raised" from={search.from} until={search.until} onChange={onChange} />
      <DaysFilter
        of="Due"
        from={search.dueFrom}
        until={search.dueUntil}
        onChange={(days) =>
          onChange({
            ...('from' in days && { dueFrom: days.from }),
            ...('until' in days && { dueUntil: days.until }),
          })
        }
      />
      {narrowed && (
        <Button variant="subtle" color="gray" onClick={() => onChange(NONE)}>
          Show what waits
        </Button>
      )}
    </Toolbar>
  );
}

const NONE: EscalationsSearch = {
  ...{ q: undefined, campaign: undefined, owner: undefined, show: 'not closed' },
  ...{ from: undefined, until: undefined, dueFrom: undefined, dueUntil: undefined },
};
