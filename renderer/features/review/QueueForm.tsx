import { Button, Checkbox, Modal, MultiSelect, NumberInput, Select, TextInput } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useState, type FormEvent } from 'react';
import { CampaignMode, DrawMethod } from '../../../shared/domain/review/campaign.ts';
import type { Queue } from '../../../shared/domain/review/queue.ts';
import { bridge, value } from '../../app/bridge.ts';
import { ErrorState } from '../../components/ErrorState.tsx';
import { useCampaigns, useReadAgain } from './queries.ts';
import css from './Review.module.css';

const MODES = [
  { value: 'open', label: 'openly' },
  { value: 'blind', label: 'blind' },
];
const ANY: Queue['rule'] = { campaigns: [], methods: [], mode: null, labelledAtLeast: 0, second: false };

/** A queue, new or as it `was`: which feeds it takes and how urgent they are. */
export function QueueForm({ was, onClose }: { was: Queue | null; onClose: () => void }) {
  const campaigns = useCampaigns();
  const [name, setName] = useState(was?.name ?? '');
  const [priority, setPriority] = useState(was?.priority ?? 50);
  const [rule, setRule] = useState(was?.rule ?? ANY);
  const save = useMutation({
    mutationFn: (queue: Queue) => value(bridge.review.saveQueue(was === null ? queue : { ...queue, was })),
    onSuccess: onClose,
    onError: useReadAgain('queues'),
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    save.mutate({ id: was?.id ?? crypto.randomUUID(), name: name.trim(), priority, rule });
  };
  const whole = (set: (value: number) => void) => (value: number | string) =>
    set(typeof value === 'number' ? value : 0);
  const title = was === null ? 'New queue' : `Change “${was.name}”`;
  return (
    <Modal opened onClose={onClose} title={title} size="md">
      <form className={css['grid']} onSubmit={submit} aria-label={title}>
        <TextInput
          label="Name"
          data-autofocus
          maxLength={80}
          value={name}
          onChange={(event) => setName(event.currentTarget.value)}
        />
        <NumberInput
          label="Priority"
          description="0 when there is nothing else, 100 first"
          min={0}
          max={100}
          allowDecimal={false}
          value={priority}
          onChange={whole(setPriority)}
        />
        <MultiSelect
          label="Campaigns"
          description="all when none is chosen"
          data={(campaigns.data ?? []).map(({ id, name }) => ({ value: id, label: name }))}
          value={rule.campaigns}
          onChange={(campaigns) => setRule({ ...rule, campaigns })}
        />
        <MultiSelect
          label="Drawn as"
          description="any way when none is chosen"
          data={[...DrawMethod.options]}
          value={rule.methods}
          onChange={(methods) =>
            setRule({ ...rule, methods: DrawMethod.options.filter((method) => methods.includes(method)) })
          }
        />
        <Select
          label="Judged"
          description="openly or blind, when one is chosen"
          placeholder="either way"
          clearable
          clearButtonProps={{ 'aria-label': 'Either way' }}
          data={MODES}
          value={rule.mode}
          onChange={(mode) => setRule({ ...rule, mode: CampaignMode.nullable().parse(mode) })}
        />
        <NumberInput
          label="Labelled items in the feed, at least"
          min={0}
          allowDecimal={false}
          value={rule.labelledAtLeast}
          onChange={whole((labelledAtLeast) => setRule({ ...rule, labelledAtLeast }))}
        />
        <Checkbox
          label="Only feeds drawn for a second review"
          checked={rule.second}
          onChange={(event) => setRule({ ...rule, second: event.currentTarget.checked })}
        />
        {save.error !== null && <ErrorState error={save.error} />}
        <div className={css['submit']}>
          <Button variant="default" onClick={onClose}>
            Cancel
          </Button>
          <Button type="submit" loading={save.isPending} disabled={name.trim() === ''}>
            {was === null ? 'Add the queue' : 'Change the queue'}
          </Button>
        </div>
      </form>
    </Modal>
  );
}
