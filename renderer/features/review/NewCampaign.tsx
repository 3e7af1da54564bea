import { Button, Modal, NumberInput, SegmentedControl, Select, TextInput } from '@mantine/core';
import { useState, type FormEvent } from 'react';
import type { CampaignMode, Stratum } from '../../../shared/domain/review/campaign.ts';
import { ErrorState } from '../../components/ErrorState.tsx';
import { rankerName } from '../../components/ranker-name.ts';
import { useReplays } from '../replay/queries.ts';
import { GoldenFeeds, type KnownAnswer } from './GoldenFeeds.tsx';
import { useCreate, useLibraries } from './queries.ts';
import { Strata } from './Strata.tsx';
import css from './Review.module.css';

const MODES: { value: CampaignMode; label: string }[] = [
  { value: 'open', label: 'The feed of the release' },
  { value: 'blind', label: 'Both feeds, names hidden' },
];

/** What is drawn from which replay, and how it is judged. Once drawn a campaign never changes. */
export function NewCampaign({ onClose }: { onClose: () => void }) {
  const replays = useReplays();
  const libraries = useLibraries();
  const create = useCreate();
  const [name, setName] = useState('');
  const [chosen, setChosen] = useState<string | null>(null);
  const [mode, setMode] = useState<CampaignMode>('open');
  const [strata, setStrata] = useState<readonly Stratum[]>([{ method: 'labelled high up', count: 20 }]);
  const [reviewersPerFeed, setReviewers] = useState(2);
  const [second, setSecond] = useState(0);
  const [golden, setGolden] = useState<readonly KnownAnswer[]>([]);
  const [seed, setSeed] = useState(1);
  const [due, setDue] = useState('');
  const [policies, setPolicies] = useState<string | null>(null);
  const done = replays.data?.filter(({ state }) => state === 'done') ?? [];
  const replayId = chosen ?? done[0]?.id ?? null;
  const library = policies ?? libraries.data?.[0]?.digest ?? null;
  const feeds = strata.reduce((sum, { count }) => sum + count, 0);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (replayId === null || library === null) return;
    create.mutate(
      {
        ...{ replayId, name: name.trim(), mode, reviewersPerFeed, policies: library, seed },
        ...{ due: due === '' ? null : due, strata: [...strata], secondReview: second / 100 },
        golden: golden.map(({ requestId, verdict }) => ({ requestId, answer: { verdict, items: [] } })),
      },
      { onSuccess: onClose },
    );
  };
  const whole = (set: (value: number) => void, least: number) => (value: number | string) =>
    set(typeof value === 'number' ? value : least);
  return (
    <Modal opened onClose={onClose} title="New campaign" size="lg">
      <form className={css['grid']} onSubmit={submit} aria-label="New campaign">
        <TextInput
          label="Name"
          data-autofocus
          value={name}
          onChange={(event) => setName(event.currentTarget.value)}
        />
        <Select
          label="Feeds of the replay"
          allowDeselect={false}
          placeholder="No replay is finished yet"
          data={done.map(({ id, candidate, baseline }) => ({
            value: id,
            label: `${rankerName(candidate)} against ${rankerName(baseline)}`,
          }))}
          value={replayId}
          onChange={setChosen}
        />
        <div>
          <p className={css['fieldLabel']}>Shown</p>
          <SegmentedControl
            fullWidth
            size="xs"
            aria-label="Shown"
            data={MODES}
            value={mode}
            onChange={(mode) => {
              setMode(mode);
              setGolden([]);
            }}
          />
        </div>
        <Strata strata={strata} onChange={setStrata} />
        <GoldenFeeds mode={mode} golden={golden} onChange={setGolden} />
        <div className={css['threes']}>
          <NumberInput
            label="People per feed"
            min={1}
            max={20}
            value={reviewersPerFeed}
            onChange={whole(setReviewers, 1)}
          />
          <NumberInput
            label="Judged once more"
            suffix=" % of feeds"
            min={0}
            max={100}
            value={second}
            onChange={whole(setSecond, 0)}
          />
          <NumberInput label="Seed of the draw" min={0} value={seed} onChange={whole(setSeed, 0)} />
        </div>
        <div className={css['halves']}>
          <Select
            label="Policies"
            allowDeselect={false}
            placeholder="No policy library yet"
            data={(libraries.data ?? []).map(({ digest, title, version }) => ({
              value: digest,
              label: `${title}, version ${version}`,
            }))}
            value={library}
            onChange={setPolicies}
          />
          <TextInput
            type="date"
            label="Due"
            value={due}
            onChange={(event) => setDue(event.currentTarget.value)}
          />
        </div>
        {create.error !== null && <ErrorState error={create.error} />}
        <div className={css['submit']}>
          <Button variant="default" onClick={onClose}>
            Cancel
          </Button>
          <Button
            type="submit"
            loading={create.isPending}
            disabled={
              name.trim() === '' ||
              replayId === null ||
              library === null ||
              golden.some(({ requestId }) => requestId === '')
            }
          >
            Draw {feeds} feeds
          </Button>
        </div>
      </form>
    </Modal>
  );
}
