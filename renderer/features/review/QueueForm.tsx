import { Button, Checkbox, Modal, MultiSelect, NumberInput, TextInput } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useState, type FormEvent } from 'react';
import { DrawMethod } from '../../../shared/domain/review/campaign.ts';
import type { Queue } from '../../../shared/domain/review/queue.ts';
import { bridge, value } from '../../app/bridge.ts';
import { ErrorState } from '../../components/ErrorState.tsx';
import { useCampaigns } from './queries.ts';
import css from './Review.module.css';

/** A new queue: which feeds it takes and how urgent they are. */
export function QueueForm({ onClose }: { onClose: () => void }) {
  const campaigns = useCampaigns();
  const [name, setName] = useState('');
  const [priority, setPriority] = useState(50);
  const [chosen, setChosen] = useState<string[]>([]);
  const [methods, setMethods] = useState<string[]>([]);
  const [labelledAtLeast, setLabelled] = useState(0);
  const [second, setSecond] = useState(false);
  const save = useMutation({
    mutationFn: (queue: Queue) => value(bridge.review.saveQueue(queue)),
    onSuccess: onClose,
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    save.mutate({
      ...{ id: crypto.randomUUID(), name: name.trim(), priority },
      rule: {
        ...{ campaigns: chosen, mode: null, labelledAtLeast, second },
        methods: DrawMethod.options.filter((method) => methods.includes(method)),
      },
    });
  };
  const whole = (set: (value: number) => void) => (value: number | string) =>
    set(typeof value === 'number' ? value : 0);
  return (
    <Modal opened onClose={onClose} title="New queue" size="md">
      <form className={css['grid']} onSubmit={submit} aria-label="New queue">
        <TextInput label="Name" value={name} onChange={(event) => setName(event.currentTarget.value)} />
        <NumberInput
          label="Priority"
          description="0 when there is nothing else, 100 first"
          min={0}
          max={100}
          value={priority}
          onChange={whole(setPriority)}
        />
        <MultiSelect
          label="Campaigns"
          description="all when none is chosen"
          data={(campaigns.data ?? []).map(({ id, name }) => ({ value: id, label: name }))}
          value={chosen}
          onChange={setChosen}
        />
        <MultiSelect
          label="Drawn as"
          description="any way when none is chosen"
          data={[...DrawMethod.options]}
          value={methods}
          onChange={setMethods}
        />
        <NumberInput
          label="Labelled items in the feed, at least"
          min={0}
          value={labelledAtLeast}
          onChange={whole(setLabelled)}
        />
        <Checkbox
          label="Only feeds drawn for a second review"
          checked={second}
          onChange={(event) => setSecond(event.currentTarget.checked)}
        />
        {save.error !== null && <ErrorState error={save.error} />}
        <div className={css['submit']}>
          <Button variant="default" onClick={onClose}>
            Cancel
          </Button>
          <Button type="submit" loading={save.isPending} disabled={name.trim() === ''}>
            Add the queue
          </Button>
        </div>
      </form>
    </Modal>
  );
}
