import { Button, NumberInput, Select, TextInput } from '@mantine/core';
import { useState, type FormEvent } from 'react';
import { DrawMethod, type CampaignMode } from '../../../shared/domain/review/campaign.ts';
import { ErrorState } from '../../components/ErrorState.tsx';
import { useReplays } from '../replay/queries.ts';
import { useCreate, useLibraries } from './queries.ts';
import css from './Review.module.css';

const MODES: { value: CampaignMode; label: string }[] = [
  { value: 'open', label: 'Open: the feed of the release' },
  { value: 'blind', label: 'Blind: both feeds, names hidden' },
];

/** What is drawn from which replay, and how it is judged. */
export function NewCampaign() {
  const replays = useReplays();
  const libraries = useLibraries();
  const create = useCreate();
  const [name, setName] = useState('');
  const [chosen, setChosen] = useState<string | null>(null);
  const [mode, setMode] = useState<CampaignMode>('open');
  const [method, setMethod] = useState<DrawMethod>('labelled high up');
  const [count, setCount] = useState(20);
  const [reviewersPerFeed, setReviewers] = useState(2);
  const done = replays.data?.filter(({ state }) => state === 'done') ?? [];
  const replayId = chosen ?? done[0]?.id ?? null;
  const policies = libraries.data?.[0];
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (replayId === null || policies === undefined) return;
    create.mutate({
      ...{ replayId, name, mode, reviewersPerFeed, policies: policies.digest, due: null, seed: 1 },
      strata: [{ method, count }],
    });
  };
  const whole = (set: (value: number) => void) => (value: number | string) =>
    set(typeof value === 'number' ? value : 1);
  return (
    <form className={css['form']} onSubmit={submit} aria-label="New campaign">
      <TextInput label="Name" value={name} onChange={(event) => setName(event.currentTarget.value)} />
      <Select
        label="Replay"
        w={280}
        data={done.map(({ id, candidate, baseline }) => ({
          value: id,
          label: `${candidate.version} against ${baseline.version}`,
        }))}
        value={replayId}
        onChange={setChosen}
      />
      <Select
        label="Shown"
        w={240}
        allowDeselect={false}
        data={MODES}
        value={mode}
        onChange={(value) => setMode(value ?? 'open')}
      />
      <Select
        label="Drawn"
        allowDeselect={false}
        data={[...DrawMethod.options]}
        value={method}
        onChange={(value) => setMethod(value ?? 'uniform')}
      />
      <NumberInput label="Feeds" w={96} min={1} value={count} onChange={whole(setCount)} />
      <NumberInput
        label="People per feed"
        w={120}
        min={1}
        max={20}
        value={reviewersPerFeed}
        onChange={whole(setReviewers)}
      />
      <Button
        type="submit"
        loading={create.isPending}
        disabled={name.trim() === '' || replayId === null || policies === undefined}
      >
        Draw {count} feeds
      </Button>
      <p className="quiet">
        {policies === undefined ? 'No policy library yet' : `${policies.title}, version ${policies.version}`}
      </p>
      {create.error !== null && <ErrorState error={create.error} />}
    </form>
  );
}
