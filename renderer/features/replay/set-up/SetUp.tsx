import { Button, NumberInput, Select } from '@mantine/core';
import { useNavigate } from '@tanstack/react-router';
import type { FormEvent } from 'react';
import type { ReleaseRow } from '../../../../shared/contract/releases.ts';
import type { SnapshotRow } from '../../../../shared/contract/snapshots.ts';
import { chooseSnapshot } from '../../../app/imports.ts';
import { ErrorState } from '../../../components/ErrorState.tsx';
import { formatCount, plural } from '../../../components/number.ts';
import { isUndecided } from '../../releases/rows.ts';
import { useRankers, useStart } from '../queries.ts';
import { useChoices } from './choices-store.ts';
import { faultsOf, inputOf, type Choices } from './choices.ts';
import { EvidenceFields } from './EvidenceFields.tsx';
import { Plan } from './Plan.tsx';
import { rankerGroups } from './ranker-groups.ts';
import css from './SetUp.module.css';
import { Stratify } from './Stratify.tsx';

interface Preset {
  readonly snapshot?: string | undefined;
  readonly baseline?: string | undefined;
  readonly candidate?: string | undefined;
}

/** What is replayed on what: chosen, checked and said in a sentence before it is started. */
export function SetUp({
  snapshots,
  releases,
  preset,
  onPreset,
}: {
  snapshots: readonly SnapshotRow[];
  releases: readonly ReleaseRow[];
  preset: Preset;
  /** Takes what the address named out of it, once something else is chosen. */
  onPreset: (preset: Preset) => void;
}) {
  const navigate = useNavigate();
  const start = useStart();
  const { set, ...remembered } = useChoices();
  const snapshot =
    [preset.snapshot, remembered.snapshot].find((digest) =>
      snapshots.some((snapshot) => snapshot.digest === digest && snapshot.available),
    ) ??
    snapshots.find(({ available }) => available)?.digest ??
    null;
  const { data: rankers } = useRankers(snapshot);
  const known = (digest: string | null | undefined): digest is string =>
    rankers === undefined
      ? releases.some((release) => release.digest === digest)
      : rankers.some((ranker) => ranker.digest === digest);
  const choices: Choices = {
    ...remembered,
    snapshot,
    baseline:
      [
        preset.baseline,
        remembered.baseline,
        releases.find(({ state }) => state === 'in production')?.digest,
      ].find(known) ?? null,
    candidate:
      [preset.candidate, remembered.candidate, releases.find(isUndecided)?.digest].find(known) ?? null,
  };
  const choose = (part: Partial<Choices>) => {
    const { snapshot, baseline, candidate } = choices;
    set({ snapshot, baseline, candidate, ...part });
    if (Object.keys(preset).some((name) => name in part)) onPreset({});
  };
  const groups = rankerGroups(rankers ?? [], releases);
  const faults = faultsOf(choices);
  const input = inputOf(choices);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (input === null) return;
    start.mutate(input, {
      onSuccess: ({ replayId }) => void navigate({ to: '/replay/$id', params: { id: replayId } }),
    });
  };
  const whole = (value: number | string): number | null => (typeof value === 'number' ? value : null);
  const { limit, seed, topK, evidence } = choices;
  return (
    <form className={css['form']} onSubmit={submit} aria-label="New replay" noValidate>
      <Select
        label="Snapshot"
        placeholder="Choose a snapshot"
        data={snapshots.map(({ digest, meta, counts, available }) => ({
          value: digest,
          label: `${meta.name} (${meta.jurisdiction}, ${plural(counts.requests, 'request')})${available ? '' : ', file not found'}`,
          disabled: !available,
        }))}
        value={snapshot}
        error={snapshots.length === 0 ? undefined : faults.snapshot}
        onChange={(snapshot) => choose({ snapshot })}
        nothingFoundMessage="No snapshot yet"
      />
      <Select
        label="Baseline"
        placeholder="Release, draft or logged order"
        leftSection={<Swatch colour="var(--baseline)" radius={2} />}
        data={groups}
        searchable
        nothingFoundMessage="No such ranker"
        value={choices.baseline}
        error={faults.baseline}
        onChange={(baseline) => choose({ baseline })}
      />
      <Select
        label="Candidate"
        placeholder="Release, draft or logged order"
        leftSection={<Swatch colour="var(--candidate)" radius={6} />}
        data={groups}
        searchable
        nothingFoundMessage="No such ranker"
        value={choices.candidate}
        error={faults.candidate}
        onChange={(candidate) => choose({ candidate })}
      />
      <div className={css['row']}>
        <NumberInput
          label="Requests at most"
          placeholder="all"
          w={144}
          size="sm"
          allowDecimal={false}
          thousandSeparator=","
          value={limit ?? ''}
          error={faults.limit}
          onChange={(value) => choose({ limit: whole(value) })}
        />
        <NumberInput
          label="Seed"
          w={88}
          size="sm"
          allowDecimal={false}
          value={seed ?? ''}
          error={faults.seed}
          onChange={(value) => choose({ seed: whole(value) })}
        />
        <Stratify
          snapshot={snapshot}
          value={evidence.stratify}
          sampled={limit !== null}
          onChange={(stratify) => choose({ evidence: { ...evidence, stratify } })}
        />
      </div>
      <div className={css['row']}>
        <NumberInput
          label="Items per feed"
          w={112}
          size="sm"
          allowDecimal={false}
          value={topK ?? ''}
          error={faults.topK}
          onChange={(value) => choose({ topK: whole(value) })}
        />
        <EvidenceFields
          snapshot={snapshot}
          evidence={evidence}
          fault={faults.cross}
          onChange={(part) => choose({ evidence: { ...evidence, ...part } })}
        />
      </div>
      <Plan
        input={input}
        rankers={rankers ?? []}
        snapshot={snapshots.find(({ digest }) => digest === snapshot)}
      />
      <div className={css['row']}>
        <Button type="submit" h={36} loading={start.isPending} disabled={input === null}>
          Replay {limit === null ? 'all' : formatCount(limit)} requests
        </Button>
        <Button variant="default" h={36} onClick={() => void chooseSnapshot()}>
          Add a snapshot…
        </Button>
      </div>
      {start.error !== null && (
        <div className={css['wide']}>
          <ErrorState error={start.error} />
        </div>
      )}
    </form>
  );
}

function Swatch({ colour, radius }: { colour: string; radius: number }) {
  return (
    <span aria-hidden="true" style={{ width: 10, height: 10, borderRadius: radius, background: colour }} />
  );
}
