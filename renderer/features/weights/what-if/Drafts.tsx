import { Button, TextInput } from '@mantine/core';
import { useNavigate } from '@tanstack/react-router';
import { useState, type FormEvent } from 'react';
import { diffPolicies } from '../../../../shared/domain/formula/diff.ts';
import type { RankingPolicy } from '../../../../shared/domain/ranking/policy.ts';
import { DEEPEST } from '../../../../shared/domain/replay/report.ts';
import { ErrorState } from '../../../components/ErrorState.tsx';
import { Loaded } from '../../../components/Loaded.tsx';
import { plural } from '../../../components/number.ts';
import { Section } from '../../../components/Section.tsx';
import { TimeText } from '../../../components/TimeText.tsx';
import { NO_EVIDENCE, settingsOf } from '../../replay/set-up/evidence.ts';
import { useStart } from '../../replay/queries.ts';
import { useDrafts, useRemoveDraft, useSaveDraft } from '../queries.ts';
import css from './WhatIf.module.css';

/** What was moved, in words; keeping it under a name; and what was kept before. */
export function Drafts({
  release,
  snapshot,
  own,
  policy,
  onOpen,
}: {
  release: string;
  snapshot: string;
  own: RankingPolicy;
  policy: RankingPolicy;
  onOpen: (policy: RankingPolicy) => void;
}) {
  const [name, setName] = useState('');
  const drafts = useDrafts(release);
  const save = useSaveDraft();
  const remove = useRemoveDraft();
  const replay = useStart();
  const navigate = useNavigate();
  const changes = diffPolicies(own, policy);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    save.mutate({ release, name, policy }, { onSuccess: () => setName('') });
  };
  const start = (candidate: string, topK: number) =>
    replay.mutate(
      {
        snapshot,
        baseline: release,
        candidate,
        settings: { seed: 1, limit: null, topK, ...settingsOf(NO_EVIDENCE) },
      },
      { onSuccess: ({ replayId }) => void navigate({ to: '/replay/$id', params: { id: replayId } }) },
    );
  return (
    <>
      <Section title="What was moved" note={plural(changes.length, 'change')}>
        {changes.length === 0 ? (
          <p className={css['gone']}>Nothing yet: this is the release as it is.</p>
        ) : (
          <ul className={css['words']} aria-label="What was moved">
            {changes.map(({ kind, name, words }) => (
              <li key={`${kind} ${name}`}>{words}</li>
            ))}
          </ul>
        )}
        <form className={css['save']} onSubmit={submit} aria-label="Save the what-if">
          <TextInput
            label="Name of the draft"
            size="xs"
            w={280}
            maxLength={100}
            value={name}
            onChange={(event) => setName(event.currentTarget.value)}
          />
          <Button
            type="submit"
            loading={save.isPending}
            disabled={changes.length === 0 || name.trim() === ''}
          >
            Save as a draft
          </Button>
        </form>
        {save.error !== null && <ErrorState error={save.error} />}
      </Section>
      <Section title="Drafts of this release" note="A draft can be replayed, never signed: it has no model">
        <Loaded query={drafts}>
          {(drafts) =>
            drafts.length === 0 ? (
              <p className={css['gone']}>No draft yet. Move a weight and save it under a name.</p>
            ) : (
              <ul className={css['drafts']} aria-label="Drafts">
                {drafts.map((draft) => (
                  <li key={draft.id}>
                    <div className={css['draft']}>
                      <strong>{draft.name}</strong>{' '}
                      <span className="quiet">
                        <TimeText at={draft.createdAt} />
                      </span>
                      <div className={css['gone']}>{draft.changes.map(({ words }) => words).join('; ')}</div>
                    </div>
                    <span className={css['bannerActions']}>
                      <Button
                        variant="default"
                        aria-label={`Open ${draft.name}`}
                        onClick={() => onOpen(draft.policy)}
                      >
                        Open
                      </Button>
                      <Button
                        variant="default"
                        aria-label={`Replay ${draft.name}`}
                        loading={replay.isPending && replay.variables.candidate === draft.ranker}
                        onClick={() => start(draft.ranker, Math.min(draft.policy.top_k, DEEPEST))}
                      >
                        Replay
                      </Button>
                      <Button
                        variant="default"
                        aria-label={`Remove ${draft.name}`}
                        onClick={() => remove.mutate(draft.id)}
                      >
                        Remove
                      </Button>
                    </span>
                  </li>
                ))}
              </ul>
            )
          }
        </Loaded>
        {replay.error !== null && <ErrorState error={replay.error} />}
        {remove.error !== null && <ErrorState error={remove.error} />}
      </Section>
    </>
  );
}
