import { Checkbox, Group, Radio, Select, Textarea } from '@mantine/core';
import { FEED_VERDICTS, type ItemRuling, type Ruling } from '../../../../shared/domain/review/decision.ts';
import {
  findPolicy,
  ItemAction,
  type PolicyLibrary,
} from '../../../../shared/domain/review/policy-library.ts';
import { PolicySelect } from '../policies/PolicySelect.tsx';
import { ACTION_WORDS, rulingWords } from './words.ts';

type FeedRuling = Exclude<Ruling, ItemRuling>;

const SIDES = ['left', 'right', 'no difference'] as const;

/** The choices of a feed's ruling, of the kind that it is. */
function choicesOf({ kind, note }: FeedRuling): FeedRuling[] {
  return kind === 'feed'
    ? FEED_VERDICTS.map((verdict) => ({ kind, verdict, note }))
    : SIDES.map((preferred) => ({ kind, preferred, note }));
}

/** Everything that a ruling holds, to be changed; its subject stays. */
export function RulingFields({
  ruling,
  library,
  onChange,
}: {
  ruling: Ruling;
  library: PolicyLibrary;
  onChange: (ruling: Ruling) => void;
}) {
  return (
    <>
      {ruling.kind === 'item' ? (
        <ItemFields ruling={ruling} library={library} onChange={onChange} />
      ) : (
        <Radio.Group
          label={ruling.kind === 'feed' ? 'The feed is' : 'Which side is better'}
          value={rulingWords(ruling)}
          onChange={(words) => {
            const chosen = choicesOf(ruling).find((choice) => rulingWords(choice) === words);
            if (chosen !== undefined) onChange(chosen);
          }}
        >
          <Group gap={16}>
            {choicesOf(ruling).map((choice) => (
              <Radio key={rulingWords(choice)} value={rulingWords(choice)} label={rulingWords(choice)} />
            ))}
          </Group>
        </Radio.Group>
      )}
      <Textarea
        label="Why"
        autosize
        minRows={2}
        maxLength={4000}
        value={ruling.note}
        onChange={(event) => onChange({ ...ruling, note: event.currentTarget.value })}
      />
    </>
  );
}

/** The actions on an item, and the policy with reason and severity that they rest on. */
export function ItemFields({
  ruling,
  library,
  onChange,
}: {
  ruling: ItemRuling;
  library: PolicyLibrary;
  onChange: (ruling: ItemRuling) => void;
}) {
  const policy = ruling.policy === null ? null : findPolicy(library, ruling.policy);
  const fine = ruling.actions.includes('fine');
  const choose = (chosen: string[]) => {
    const actions = ItemAction.array().parse(chosen);
    const added = actions.find((action) => !ruling.actions.includes(action));
    if (added === 'fine')
      onChange({ ...ruling, actions: ['fine'], policy: null, reason: null, severity: null });
    else onChange({ ...ruling, actions: actions.filter((action) => action !== 'fine') });
  };
  return (
    <>
      <Checkbox.Group label="The item" value={ruling.actions} onChange={choose}>
        <Group gap={16}>
          {ItemAction.options.map((action) => (
            <Checkbox key={action} value={action} label={ACTION_WORDS[action]} />
          ))}
        </Group>
      </Checkbox.Group>
      {!fine && (
        <Group gap={12} align="end">
          <PolicySelect
            library={library}
            label="Policy it violates"
            w={240}
            value={ruling.policy}
            onChange={(id) => {
              const chosen = id === null ? null : findPolicy(library, id);
              onChange({ ...ruling, policy: id, reason: null, severity: chosen?.severity ?? null });
            }}
          />
          <Select
            label={policy?.reason_required === true ? 'Reason (asked for)' : 'Reason'}
            w={240}
            disabled={policy === null}
            data={policy?.reasons.map(({ code, title }) => ({ value: code, label: title })) ?? []}
            value={ruling.reason}
            onChange={(reason) => onChange({ ...ruling, reason })}
          />
          <Select
            label="Severity"
            w={96}
            disabled={policy === null}
            data={['1', '2', '3', '4']}
            value={ruling.severity === null ? null : String(ruling.severity)}
            onChange={(severity) => onChange({ ...ruling, severity: Number(severity) })}
          />
        </Group>
      )}
    </>
  );
}
