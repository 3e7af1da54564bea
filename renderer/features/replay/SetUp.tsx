import { Button, NumberInput, Select } from '@mantine/core';
import { useNavigate } from '@tanstack/react-router';
import { useState, type FormEvent } from 'react';
import type { ReleaseRow } from '../../../shared/contract/releases.ts';
import type { SnapshotRow } from '../../../shared/contract/snapshots.ts';
import { chooseSnapshot } from '../../app/imports.ts';
import { ErrorState } from '../../components/ErrorState.tsx';
import { formatCount, plural } from '../../components/number.ts';
import { isUndecided, releaseName } from '../releases/rows.ts';
import { NO_EVIDENCE, settingsOf } from './evidence.ts';
import { EvidenceFields } from './EvidenceFields.tsx';
import { useStart } from './queries.ts';
import css from './SetUp.module.css';

interface Choice {
  snapshot?: string | undefined;
  baseline?: string | undefined;
  candidate?: string | undefined;
}

/** What is replayed on what. Empty limit means every request. */
export function SetUp({
  snapshots,
  releases,
  preset,
}: {
  snapshots: readonly SnapshotRow[];
  releases: readonly ReleaseRow[];
  preset: Choice;
}) {
  const navigate = useNavigate();
  const start = useStart();
  const [choice, setChoice] = useState<Choice>({});
  const [limit, setLimit] = useState<number | ''>('');
  const [seed, setSeed] = useState(1);
  const [topK, setTopK] = useState(10);
  const [evidence, setEvidence] = useState(NO_EVIDENCE);
  const inProduction = releases.find((release) => release.state === 'in production');
  const suggestion: Choice = {
    snapshot: snapshots.find((snapshot) => snapshot.available)?.digest,
    baseline: inProduction?.digest,
    candidate: releases.find(isUndecided)?.digest,
  };
  const chosen = {
    snapshot: choice.snapshot ?? preset.snapshot ?? suggestion.snapshot ?? null,
    baseline: choice.baseline ?? preset.baseline ?? suggestion.baseline ?? null,
    candidate: choice.candidate ?? preset.candidate ?? suggestion.candidate ?? null,
  };
  const rankers = releases.map((release) => ({
    value: release.digest,
    label: `${releaseName(release)} (${release.manifest.team === 'us' ? 'US' : 'global'}, ${release.state})`,
  }));
  const { snapshot, baseline, candidate } = chosen;
  const same = baseline !== null && baseline === candidate;
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (snapshot === null || baseline === null || candidate === null) return;
    const drawn = limit === '' ? { ...evidence, stratify: null } : evidence;
    const settings = { seed, limit: limit === '' ? null : limit, topK, ...settingsOf(drawn) };
    start.mutate(
      { snapshot, baseline, candidate, settings },
      { onSuccess: ({ replayId }) => void navigate({ to: '/replay/$id', params: { id: replayId } }) },
    );
  };
  return (
    <form className={css['form']} onSubmit={submit} aria-label="New replay">
      <Select
        label="Snapshot"
        placeholder="Choose a snapshot"
        data={snapshots.map(({ digest, meta, counts, available }) => ({
          value: digest,
          label: `${meta.name} (${meta.jurisdiction}, ${plural(counts.requests, 'request')})${available ? '' : ', file not found'}`,
          disabled: !available,
        }))}
        value={snapshot}
        onChange={(snapshot) => setChoice({ ...choice, snapshot: snapshot ?? undefined })}
        nothingFoundMessage="No snapshot yet"
      />
      <Select
        label="Baseline"
        placeholder="Choose a release"
        leftSection={<Swatch colour="var(--baseline)" radius={2} />}
        data={rankers}
        value={baseline}
        onChange={(baseline) => setChoice({ ...choice, baseline: baseline ?? undefined })}
      />
      <Select
        label="Candidate"
        placeholder="Choose a release"
        leftSection={<Swatch colour="var(--candidate)" radius={6} />}
        data={rankers}
        value={candidate}
        error={same ? 'Baseline and candidate are the same release' : undefined}
        onChange={(candidate) => setChoice({ ...choice, candidate: candidate ?? undefined })}
      />
      <EvidenceFields
        snapshot={snapshot}
        sampled={limit !== ''}
        evidence={evidence}
        onChange={(part) => setEvidence({ ...evidence, ...part })}
      />
      <div className={css['numbers']}>
        <NumberInput
          label="Requests at most"
          placeholder="all"
          w={152}
          size="sm"
          min={1}
          allowDecimal={false}
          thousandSeparator=","
          value={limit}
          onChange={(value) => setLimit(typeof value === 'number' ? value : '')}
        />
        <NumberInput
          label="Seed"
          w={96}
          size="sm"
          min={0}
          allowDecimal={false}
          value={seed}
          onChange={(value) => setSeed(typeof value === 'number' ? value : 0)}
        />
        <NumberInput
          label="Items per feed"
          w={120}
          size="sm"
          min={1}
          max={1000}
          allowDecimal={false}
          value={topK}
          onChange={(value) => setTopK(typeof value === 'number' && value >= 1 ? value : 1)}
        />
        <Button
          type="submit"
          h={36}
          loading={start.isPending}
          disabled={snapshot === null || baseline === null || candidate === null || same}
        >
          Replay {limit === '' ? 'all' : formatCount(limit)} requests
        </Button>
        <Button variant="default" h={36} onClick={() => void chooseSnapshot()}>
          Add a snapshot…
        </Button>
      </div>
      {start.error !== null && (
        <div className={css['error']}>
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
