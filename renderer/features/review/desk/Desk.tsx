import { useRef, useState } from 'react';
import type { ReviewTask } from '../../../../shared/contract/review.ts';
import { subjectOf } from '../../../../shared/domain/review/decision.ts';
import { rulingsOf } from '../../../../shared/domain/review/draft.ts';
import type { Macro } from '../../../../shared/domain/review/macro.ts';
import {
  findPolicy,
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
import { lastForm, remember } from './last-form.ts';
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
  onSay,
}: {
  claim: Claim;
  task: ReviewTask;
  library: PolicyLibrary;
  preferences: Preferences;
  macros: readonly Macro[];
  /** Tells the screen reader; what was said before stays until then. */
  onSay: (words: string) => void;
}) {
  const cards = task.sides.flatMap(({ places }, side) =>
    places.map((itemId, place) => ({ itemId, side, place })),
  );
  const [at, setAt] = useState(0);
  const [adding, setAdding] = useState(false);
  const [asked, setAsked] = useState<readonly ItemAction[] | null>(null);
  const [leaving, setLeaving] = useState(false);
  const [uncovered, setUncovered] = useState<ReadonlySet<string>>(new Set());
  const [revealed, setRevealed] = useState<ReadonlySet<string>>(new Set());
  const [form, setForm] = useState<Form>(lastForm(library));
  const policySelect = useRef<HTMLInputElement>(null);
  const reasonSelect = useRef<HTMLInputElement>(null);
  const severitySelect = useRef<HTMLInputElement>(null);
  const noteField = useRef<HTMLTextAreaElement>(null);
  const keys = keysOf(preferences.keys);
  const desk = useDesk(claim, task, onSay);
  const busy = desk.change.isPending || desk.submit.isPending;
  const rulings = rulingsOf(task.steps);
  const verdict = rulings.find((ruling) => subjectOf(ruling) === 'feed');
  const { itemId = '', side = 0 } = cards[at] ?? {};
  const item = task.items.find((item) => item.itemId === itemId);
  const title = itemTitle(item, itemId);
  const ruled = (id: string) => rulings.find((ruling) => ruling.kind === 'item' && ruling.itemId === id);
  const current = ruled(itemId);
  /** What is not covered by the person's or the team's wish is seen at once. */
  const seen = revealed.has(itemId) || (item?.hasStill === true && !preferences.blur && !preferences.grey);

  /** Where a card is, what it shows, and what was decided of it. */
  const wordsOf = (place: number): string => {
    const { itemId: id = '', place: rank = 0, side: of = 0 } = cards[place] ?? {};
    const name = task.sides[of]?.name ?? '';
    const shown = itemTitle(
      task.items.find((other) => other.itemId === id),
      id,
    );
    return `${name}, item ${rank + 1} of ${task.sides[of]?.places.length ?? 0}: ${shown}. ${rulingWords(ruled(id)) || 'Not ruled on'}.`;
  };
  const choose = (next: number, first = '') => {
    const place = Math.max(0, Math.min(cards.length - 1, next));
    setAt(place);
    setAdding(false);
    setAsked(null);
    setForm((before) => ({ ...before, note: '' }));
    onSay(`${first} ${wordsOf(place)}`.trim());
  };
  /** The next card that is not ruled on; the next one where all are. */
  const onwards = (): number => {
    const open = cards.findIndex(
      (card, place) => place > at && card.itemId !== itemId && ruled(card.itemId) === undefined,
    );
    return open === -1 ? at + 1 : open;
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
    const needs = actions.some((action) => action === 'demote' || action === 'remove');
    if (needs && from.policy === null) {
      setAsked(actions);
      policySelect.current?.focus();
      onSay(`Choose the policy that ${title} violates.`);
      return;
    }
    setAsked(null);
    const policy = from.policy === null ? undefined : (findPolicy(library, from.policy) ?? undefined);
    const next = itemRuling(itemId, actions, { policy, form: from, revealed: seen });
    desk.change.mutate(next, {
      onSuccess: () => {
        remember(from);
        const saved = `Saved. ${title}: ${rulingWords(next)}.`;
        if (adding) onSay(saved);
        else choose(onwards(), saved);
        setAdding(false);
      },
    });
  };
  const act = (action: ItemAction) => {
    const before = adding && current?.kind === 'item' ? current.actions : [];
    const together = [...new Set([...before, action])].filter((each) => action === 'fine' || each !== 'fine');
    rule(action === 'fine' ? ['fine'] : together);
  };
  const undo = () => {
    const last = task.steps.at(-1);
    desk.change.mutate(null, {
      onSuccess: () => {
        const back = cards.findIndex((card) => last?.kind === 'item' && card.itemId === last.itemId);
        choose(back === -1 ? at : back, 'The last ruling is undone.');
      },
    });
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
    if (command === 'reason') reasonSelect.current?.focus();
    if (command === 'severity') severitySelect.current?.focus();
    if (command === 'note') noteField.current?.focus();
    if (command === 'leave') setLeaving(true);
    if (action !== undefined) act(action);
    if (busy) return;
    if (command === 'undo' && task.steps.length > 0) undo();
    if (feedRuling !== null)
      desk.change.mutate(feedRuling, {
        onSuccess: () => onSay(`Saved. The feed: ${rulingWords(feedRuling)}.`),
      });
    if (command === 'submit' && verdict === undefined) onSay('Say first what the feed as a whole is.');
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
      <FeedColumn task={task} at={at} preferences={preferences} ruled={ruled} onChoose={choose} />
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
        asked={asked !== null}
        policyRef={policySelect}
        reasonRef={reasonSelect}
        severityRef={severitySelect}
        noteRef={noteField}
        leaving={leaving}
        onLeaving={setLeaving}
        onForm={(changed) => {
          setForm(changed);
          if (asked !== null && changed.policy !== null) rule(asked, changed);
        }}
        onRun={run}
        onMacro={apply}
      />
    </div>
  );
}
