import { useRef, useState } from 'react';
import type { ReviewTask } from '../../../../shared/contract/review.ts';
import { subjectOf } from '../../../../shared/domain/review/decision.ts';
import { rulingsOf } from '../../../../shared/domain/review/draft.ts';
import type { Macro } from '../../../../shared/domain/review/macro.ts';
import {
  findPolicy,
  flatten,
  type ItemAction,
  type PolicyLibrary,
} from '../../../../shared/domain/review/policy-library.ts';
import type { Preferences } from '../../../../shared/domain/review/preferences.ts';
import { useKeyPress } from '../../../app/keys.ts';
import { itemTitle } from '../../replay/feed/item-text.ts';
import type { Claim } from '../queries.ts';
import { ChosenItem } from './ChosenItem.tsx';
import { commandOf, keysOf, type Command } from './commands.ts';
import { Decision } from './Decision.tsx';
import { FeedColumn } from './FeedColumn.tsx';
import { ACTIONS, itemRuling, rulingWords, verdictOf, type Form } from './ruling.ts';
import { useDesk } from './use-desk.ts';
import { useDeskKeys } from './use-desk-keys.ts';
import css from './Desk.module.css';

/** One feed to judge: the feed at the left, the chosen item in the middle, the decision at the right. */
export function Desk({
  claim,
  task,
  library,
  preferences,
  macros,
}: {
  claim: Claim;
  task: ReviewTask;
  library: PolicyLibrary;
  preferences: Preferences;
  macros: readonly Macro[];
}) {
  const cards = task.sides.flatMap(({ places }, side) =>
    places.map((itemId, place) => ({ itemId, side, place })),
  );
  const policies = flatten(library.policies).map(({ policy }) => policy);
  const [at, setAt] = useState(0);
  const [adding, setAdding] = useState(false);
  const [said, setSaid] = useState('');
  const [uncovered, setUncovered] = useState<ReadonlySet<string>>(new Set());
  const [revealed, setRevealed] = useState<ReadonlySet<string>>(new Set());
  const [form, setForm] = useState<Form>({
    policy: policies[0]?.id ?? null,
    reason: null,
    severity: null,
    note: '',
  });
  const policySelect = useRef<HTMLInputElement>(null);
  const noteField = useRef<HTMLTextAreaElement>(null);
  const keys = keysOf(preferences.keys);
  const desk = useDesk(claim, task);
  const busy = desk.change.isPending || desk.submit.isPending;
  const rulings = rulingsOf(task.steps);
  const verdict = rulings.find((ruling) => subjectOf(ruling) === 'feed');
  const { itemId = '', side = 0 } = cards[at] ?? {};
  const item = task.items.find((item) => item.itemId === itemId);
  const title = itemTitle(item, itemId);
  const ruled = (id: string) => rulings.find((ruling) => ruling.kind === 'item' && ruling.itemId === id);
  const current = ruled(itemId);

  const choose = (next: number) => {
    setAt(Math.max(0, Math.min(cards.length - 1, next)));
    setAdding(false);
    setForm({ ...form, note: '' });
  };
  const show = (shown: boolean) => {
    const next = new Set(uncovered);
    if (shown) {
      next.add(itemId);
      setRevealed(new Set([...revealed, itemId]));
    } else next.delete(itemId);
    setUncovered(next);
  };
  const rule = (actions: readonly ItemAction[], from: Form = form) => {
    if (busy || itemId === '') return;
    const policy = from.policy === null ? undefined : (findPolicy(library, from.policy) ?? undefined);
    const next = itemRuling(itemId, actions, { policy, form: from, revealed: revealed.has(itemId) });
    desk.change.mutate(next, {
      onSuccess: () => {
        setSaid(`${title}: ${rulingWords(next)}.`);
        if (!adding) choose(at + 1);
        setAdding(false);
      },
    });
  };
  const act = (action: ItemAction) => {
    const before = adding && current?.kind === 'item' ? current.actions : [];
    const together = [...new Set([...before, action])].filter((each) => action === 'fine' || each !== 'fine');
    rule(action === 'fine' ? ['fine'] : together);
  };
  const apply = ({ ruling: { actions, policy, reason, severity, note } }: Macro) =>
    rule(actions, { policy, reason, severity, note });
  const run = (command: Command) => {
    const action = ACTIONS.find((action) => action === command);
    const feedRuling = verdictOf(command, task.mode, form.note);
    if (command === 'next') choose(at + 1);
    if (command === 'previous') choose(at - 1);
    if (command === 'still') show(!uncovered.has(itemId));
    if (command === 'also') setAdding(!adding);
    if (command === 'policy') policySelect.current?.focus();
    if (command === 'note') noteField.current?.focus();
    if (action !== undefined) act(action);
    if (busy) return;
    if (command === 'undo' && task.steps.length > 0)
      desk.change.mutate(null, { onSuccess: () => setSaid('The last ruling is undone.') });
    if (feedRuling !== null)
      desk.change.mutate(feedRuling, { onSuccess: () => setSaid(`The feed: ${rulingWords(feedRuling)}.`) });
    if (command === 'submit' && verdict !== undefined) desk.submit.mutate();
  };
  useDeskKeys(keys, macros);
  useKeyPress((event) => {
    if (event.key === 'Enter' && event.target instanceof HTMLButtonElement) return;
    const macro = macros.find(({ key }) => key === event.key);
    const command = commandOf(event.key, keys);
    if (command === null && macro === undefined) return;
    event.preventDefault();
    if (command !== null) run(command);
    else if (macro !== undefined) apply(macro);
  });

  return (
    <div className={css['desk']}>
      <FeedColumn task={task} at={at} ruled={ruled} onChoose={choose} />
      <ChosenItem
        task={task}
        side={side}
        itemId={itemId}
        preferences={preferences}
        uncovered={uncovered.has(itemId)}
        stillKey={keys.still}
        onShow={show}
      />
      <Decision
        task={task}
        desk={desk}
        library={library}
        macros={macros}
        form={form}
        keys={keys}
        adding={adding}
        current={current}
        verdict={verdict}
        policyRef={policySelect}
        noteRef={noteField}
        onForm={setForm}
        onRun={run}
        onMacro={apply}
      />
      <div className="visually-hidden" role="status" aria-live="polite">
        {said} Item {at + 1} of {cards.length}: {title}. {rulingWords(current)}
      </div>
    </div>
  );
}
