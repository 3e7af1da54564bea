import { Button, Select } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import type { ReviewTask } from '../../../shared/contract/review.ts';
import { subjectOf, type Ruling } from '../../../shared/domain/review/decision.ts';
import { rulingsOf } from '../../../shared/domain/review/draft.ts';
import {
  flatten,
  type ItemAction,
  type PolicyLibrary,
} from '../../../shared/domain/review/policy-library.ts';
import { bridge, value } from '../../app/bridge.ts';
import { useKeyPress, usePageKeys, type PageKey } from '../../app/keys.ts';
import { ErrorState } from '../../components/ErrorState.tsx';
import { KeyHint } from '../../components/KeyHint.tsx';
import { itemDetail, itemTitle } from '../replay/feed/item-text.ts';
import { useStill } from './queries.ts';
import css from './Review.module.css';

const KEYS: readonly PageKey[] = [
  { keys: ['j', 'k'], does: 'Next and previous item' },
  { keys: ['1', '2', '3', 'e'], does: 'Item: fine, demote, remove, escalate; moves on' },
  { keys: ['7', '8', '9'], does: 'Verdict on the feed, or which side is better' },
  { keys: ['z'], does: 'Show or blur the still' },
  { keys: ['u'], does: 'Undo the last ruling' },
  { keys: ['Enter'], does: 'Submit and take the next feed' },
];

const ACTIONS: Readonly<Record<string, ItemAction>> = {
  '1': 'fine',
  '2': 'demote',
  '3': 'remove',
  e: 'escalate',
};

const VERDICTS: Readonly<Record<ReviewTask['mode'], Readonly<Record<string, Ruling>>>> = {
  open: {
    '7': { kind: 'feed', verdict: 'acceptable', note: '' },
    '8': { kind: 'feed', verdict: 'acceptable with concerns', note: '' },
    '9': { kind: 'feed', verdict: 'not acceptable', note: '' },
  },
  blind: {
    '7': { kind: 'preference', preferred: 'left', note: '' },
    '8': { kind: 'preference', preferred: 'no difference', note: '' },
    '9': { kind: 'preference', preferred: 'right', note: '' },
  },
};

/** One feed to judge: the feed at the left, the chosen item in the middle, the decision at the right. */
export function Desk({ task, library }: { task: ReviewTask; library: PolicyLibrary }) {
  const client = useQueryClient();
  const places = task.sides.flatMap(({ places }) => places);
  const [at, setAt] = useState(0);
  const [revealed, setRevealed] = useState<ReadonlySet<string>>(new Set());
  const policies = flatten(library.policies).map(({ policy }) => policy);
  const [policyId, setPolicy] = useState(policies[0]?.id ?? '');
  const policy = policies.find(({ id }) => id === policyId);
  const [reason, setReason] = useState<string | null>(null);
  const itemId = places[at] ?? '';
  const item = task.items.find((item) => item.itemId === itemId);
  const still = useStill(task.snapshot, itemId, item?.hasStill ?? false);
  const rulings = rulingsOf(task.steps);
  const change = useMutation({
    mutationFn: async (ruling: Ruling | null) => {
      const place = { campaign: task.campaign, feed: task.feed, revision: task.revision };
      return value(ruling === null ? bridge.review.undo(place) : bridge.review.rule({ ...place, ruling }));
    },
    onSuccess: (draft) => client.setQueryData(['desk', task.campaign], { ...task, ...draft }),
  });
  const submit = useMutation({
    mutationFn: () =>
      value(bridge.review.submit({ campaign: task.campaign, feed: task.feed, revision: task.revision })),
    onSuccess: () => client.invalidateQueries({ queryKey: ['desk', task.campaign] }),
  });
  const busy = change.isPending || submit.isPending;
  const verdicts = VERDICTS[task.mode];
  const press = (key: string) => {
    const action = ACTIONS[key];
    const verdict = verdicts[key];
    if (key === 'j') setAt(Math.min(places.length - 1, at + 1));
    if (key === 'k') setAt(Math.max(0, at - 1));
    if (key === 'z') {
      const shown = new Set(revealed);
      if (!shown.delete(itemId)) shown.add(itemId);
      setRevealed(shown);
    }
    if (busy) return;
    if (key === 'u' && task.steps.length > 0) change.mutate(null);
    if (key === 'Enter') submit.mutate();
    if (verdict !== undefined) change.mutate(verdict);
    if (action !== undefined) {
      const violates = action !== 'fine' && action !== 'escalate';
      change.mutate(
        {
          ...{ kind: 'item', itemId, actions: [action], note: '', revealed: revealed.has(itemId) },
          policy: violates ? policyId : null,
          reason: violates ? (reason ?? policy?.reasons[0]?.code ?? null) : null,
          severity: violates ? (policy?.severity ?? null) : null,
        },
        { onSuccess: () => setAt(Math.min(places.length - 1, at + 1)) },
      );
    }
  };
  usePageKeys(KEYS);
  useKeyPress((event) => {
    if (event.key === 'Enter' && event.target instanceof HTMLButtonElement) return;
    press(event.key);
  });
  const ruled = (itemId: string) => {
    const ruling = rulings.find((ruling) => ruling.kind === 'item' && ruling.itemId === itemId);
    return ruling?.kind === 'item' ? ruling.actions.join(', ') : '';
  };
  const verdict = rulings.find((ruling) => subjectOf(ruling) === 'feed');
  const button = (key: string, name: string, chosen: boolean, disabled = false) => (
    <Button
      key={key}
      variant={chosen ? 'filled' : 'default'}
      justify="space-between"
      rightSection={<KeyHint keys={[key]} />}
      disabled={disabled}
      aria-pressed={chosen}
      onClick={() => press(key)}
    >
      {name}
    </Button>
  );
  const error = change.error ?? submit.error;
  return (
    <div className={css['desk']}>
      <div className={css['part']}>
        {task.sides.map(({ name, places: side }, which) => (
          <section key={name} aria-label={name}>
            <h2>{name}</h2>
            {side.map((id, place) => {
              const here = place + (which === 0 ? 0 : (task.sides[0]?.places.length ?? 0));
              const shown = task.items.find((item) => item.itemId === id);
              return (
                <button
                  key={id}
                  type="button"
                  className={css['card']}
                  aria-current={here === at}
                  onClick={() => setAt(here)}
                >
                  <span>{place + 1}</span>
                  <span className="truncate">
                    {itemTitle(shown, id)}
                    <span className={css['sub']}>{ruled(id) || 'not ruled on'}</span>
                  </span>
                </button>
              );
            })}
          </section>
        ))}
      </div>
      <section className={css['part']} aria-label="Chosen item" tabIndex={0}>
        {typeof still.data === 'string' && (
          <div className={css['frame']}>
            <img
              className={css['still']}
              data-shown={revealed.has(itemId) ? '' : undefined}
              src={still.data}
              alt={`Still of ${itemTitle(item, itemId)}`}
            />
          </div>
        )}
        {button(
          'z',
          revealed.has(itemId) ? 'Blur the still' : 'Show the still',
          false,
          item?.hasStill !== true,
        )}
        <h2 className={css['title']}>{itemTitle(item, itemId)}</h2>
        {item !== undefined && <p className="quiet">{itemDetail(item)}</p>}
        <p>{item?.labels.map(({ label, source }) => `▲ ${label} (${source})`).join(', ') || 'No labels'}</p>
      </section>
      <section className={css['part']} aria-label="Decision">
        <Select
          label="Policy for demote and remove"
          allowDeselect={false}
          data={policies.map(({ id, title }) => ({ value: id, label: title }))}
          value={policyId}
          onChange={(id) => {
            setPolicy(id ?? '');
            setReason(null);
          }}
        />
        <Select
          label="Reason"
          allowDeselect={false}
          data={policy?.reasons.map(({ code, title }) => ({ value: code, label: title })) ?? []}
          value={reason ?? policy?.reasons[0]?.code ?? null}
          onChange={setReason}
        />
        <div className={css['buttons']}>
          {Object.entries(ACTIONS).map(([key, action]) =>
            button(key, `${action[0]?.toUpperCase()}${action.slice(1)} this item`, ruled(itemId) === action),
          )}
        </div>
        <h3>{task.mode === 'open' ? 'The feed is' : 'The better feed is'}</h3>
        <div className={css['buttons']}>
          {Object.entries(verdicts).map(([key, ruling]) =>
            button(key, nameOf(ruling), nameOf(ruling) === nameOf(verdict)),
          )}
        </div>
        <div className={css['buttons']}>
          {button('u', 'Undo the last ruling', false, task.steps.length === 0)}
          {button('Enter', 'Submit and go on', false, verdict === undefined)}
        </div>
        <div className={css['error']}>{error !== null && <ErrorState error={error} />}</div>
      </section>
    </div>
  );
}

function nameOf(ruling: Ruling | undefined): string {
  if (ruling === undefined || ruling.kind === 'item') return '';
  return ruling.kind === 'feed' ? ruling.verdict : ruling.preferred;
}
