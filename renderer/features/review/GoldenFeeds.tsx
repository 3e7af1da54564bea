import { Button, CloseButton, Select, TextInput } from '@mantine/core';
import { PREFERENCES, type CampaignMode, type GoldenAnswer } from '../../../shared/domain/review/campaign.ts';
import { FEED_VERDICTS } from '../../../shared/domain/review/decision.ts';
import css from './Review.module.css';

/** A request whose right answer is known, as it is written down. */
export interface KnownAnswer {
  readonly id: string;
  readonly requestId: string;
  readonly verdict: GoldenAnswer['verdict'];
}

/** Feeds with known answers, mixed in at random places: they measure reviewers and say nothing of the release. */
export function GoldenFeeds({
  mode,
  golden,
  onChange,
}: {
  mode: CampaignMode;
  golden: readonly KnownAnswer[];
  onChange: (golden: readonly KnownAnswer[]) => void;
}) {
  const verdicts = mode === 'open' ? FEED_VERDICTS : PREFERENCES;
  const set = (id: string, part: Partial<KnownAnswer>) =>
    onChange(golden.map((answer) => (answer.id === id ? { ...answer, ...part } : answer)));
  return (
    <fieldset className={css['strata']}>
      <legend className={css['fieldLabel']}>Golden feeds, mixed in unseen</legend>
      {golden.map(({ id, requestId, verdict }) => (
        <div key={id} className={css['stratum']}>
          <TextInput
            aria-label="Request of the golden feed"
            placeholder="request of the replay"
            w={240}
            value={requestId}
            onChange={(event) => set(id, { requestId: event.currentTarget.value.trim() })}
          />
          <Select
            aria-label="Its right answer"
            w={240}
            allowDeselect={false}
            data={[...verdicts]}
            value={verdict}
            onChange={(chosen) => set(id, { verdict: verdicts.find((each) => each === chosen) ?? verdict })}
          />
          <CloseButton
            aria-label="Take this golden feed away"
            onClick={() => onChange(golden.filter((answer) => answer.id !== id))}
          />
        </div>
      ))}
      <Button
        size="compact-xs"
        variant="default"
        onClick={() =>
          onChange([...golden, { id: crypto.randomUUID(), requestId: '', verdict: verdicts[0] }])
        }
      >
        Add a golden feed
      </Button>
    </fieldset>
  );
}
