import { Button, Select, type SelectProps } from '@mantine/core';
import { useCallback } from 'react';
import { FEED_VERDICTS } from '../../../../shared/domain/review/decision.ts';
import { ItemAction } from '../../../../shared/domain/review/policy-library.ts';
import { DaysFilter } from '../../../components/DaysFilter.tsx';
import { SearchField } from '../../../components/SearchField.tsx';
import { Toolbar } from '../../../components/Toolbar.tsx';
import { PolicySelect } from '../policies/PolicySelect.tsx';
import { usePolicyTree } from '../policies/queries.ts';
import { useCampaigns, useReviewers } from '../queries.ts';
import { ExactField } from './ExactField.tsx';
import { HistorySearch } from './search.ts';
import { ACTION_WORDS } from './words.ts';

/** Preferences are kept as the side that was shown. */
const VERDICTS = [
  { group: 'Feed', items: [...FEED_VERDICTS] },
  {
    group: 'Blind',
    items: [
      { value: 'left', label: 'left is better' },
      { value: 'right', label: 'right is better' },
      'no difference',
    ],
  },
];

/** What narrows the history; everything stands in the address. */
export function HistoryFilters({
  search,
  onChange,
}: {
  search: HistorySearch;
  onChange: (change: Partial<HistorySearch>) => void;
}) {
  const { data: campaigns = [] } = useCampaigns();
  const { data: reviewers = [] } = useReviewers();
  const tree = usePolicyTree();
  const set = useCallback(
    (name: keyof HistorySearch, text: string | null) =>
      onChange({ [name]: HistorySearch.parse({ [name]: text ?? undefined })[name] }),
    [onChange],
  );
  const onText = useCallback((q: string) => set('q', q), [set]);
  const choice = (
    name: 'campaign' | 'person' | 'action' | 'verdict' | 'state',
    label: string,
    all: string,
    data: SelectProps['data'],
  ) => (
    <Select
      size="xs"
      w={160}
      aria-label={label}
      placeholder={all}
      searchable
      clearable
      clearButtonProps={{ 'aria-label': all }}
      data={data ?? []}
      value={search[name] ?? null}
      onChange={(chosen) => set(name, chosen)}
    />
  );
  const narrowed = Object.values(search).some((part) => part !== undefined);
  return (
    <Toolbar>
      <SearchField label="Search notes and captions" value={search.q ?? ''} onChange={onText} />
      {choice(
        'campaign',
        'Campaign',
        'All campaigns',
        campaigns.map(({ id, name }) => ({ value: id, label: name })),
      )}
      {choice(
        'person',
        'Reviewer',
        'Everybody',
        reviewers.map(({ person, name }) => ({ value: person, label: name })),
      )}
      {tree !== undefined && (
        <PolicySelect
          library={tree}
          size="xs"
          w={216}
          aria-label="Policy, with those below it"
          placeholder="All policies"
          clearable
          clearButtonProps={{ 'aria-label': 'All policies' }}
          value={search.policy ?? null}
          onChange={(policy) => set('policy', policy)}
        />
      )}
      {choice(
        'action',
        'Action',
        'All actions',
        ItemAction.options.map((value) => ({ value, label: ACTION_WORDS[value] })),
      )}
      {choice('verdict', 'Verdict', 'All verdicts', VERDICTS)}
      {choice('state', 'In force or reversed', 'In force or not', ['in force', 'reversed'])}
      <ExactField
        label="Item"
        key={`item ${search.item}`}
        value={search.item}
        onChange={(id) => set('item', id)}
      />
      <ExactField
        label="Author"
        key={`author ${search.author}`}
        value={search.author}
        onChange={(id) => set('author', id)}
      />
      <DaysFilter of="Decided" from={search.from} until={search.until} onChange={onChange} />
      {search.feed !== undefined && (
        <Button variant="default" onClick={() => onChange({ feed: undefined })}>
          Feed {search.feed + 1} only ✕
        </Button>
      )}
      {search.request !== undefined && (
        <Button variant="default" onClick={() => onChange({ request: undefined })}>
          Request {search.request} only ✕
        </Button>
      )}
      {narrowed && (
        <Button variant="subtle" color="gray" onClick={() => onChange(NONE)}>
          Show everything
        </Button>
      )}
    </Toolbar>
  );
}

const NONE: HistorySearch = {
  ...{ q: undefined, campaign: undefined, feed: undefined, request: undefined, person: undefined },
  ...{ item: undefined, author: undefined, policy: undefined, action: undefined, verdict: undefined },
  ...{ state: undefined, from: undefined, until: undefined },
};
