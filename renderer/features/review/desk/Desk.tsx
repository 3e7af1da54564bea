import { useMemo, useRef } from 'react';
import type { ReviewTask } from '../../../../shared/contract/review/desk.ts';
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
import { useStable } from '../../../app/stable.ts';
import { itemTitle } from '../../replay/feed/item-text.ts';
import { useReviewer, type Claim } from '../queries.ts';
import { ChosenItem } from './ChosenItem.tsx';
import { commandOf, keysOf, mayRepeat, withKeysInForce, type Command } from './commands.ts';
import { Decision } from './Decision.tsx';
import { FeedColumn } from './FeedColumn.tsx';
import { atCard, noteSaved, unsavedNotes } from './notes.ts';
import {
  ACTIONS,
  formToAdd,
  itemRuling,
  policyLacking,
  rulingWords,
  verdictOf,
  type Form,
} from './ruling.ts';
import { remember } from './last-form.ts';
import { dropWork } from './kept-work.ts';
import { seenStills } from './uncovered.ts';
import { useDesk } from './use-desk.ts';
import { useDeskKeys } from './use-desk-keys.ts';
import { useWork } from './use-work.ts';
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
  const place = `${useReviewer().data?.person ?? ''} ${task.campaign} ${task.feed}`;
  const { at, adding, asked, leaving, uncovered, revealed, form, notes, kept, change } = useWork(place, {
    library,
    steps: task.steps,
  });
  const policySelect = useRef<HTMLInputElement>(null);
  const reasonSelect = useRef<HTMLInputElement>(null);
  const severitySelect = useRef<HTMLInputElement>(null);
  const noteField = useRef<HTMLTextAreaElement>(null);
  const keys = useMemo(() => keysOf(preferences.keys), [preferences.keys]);
  const given = useMemo(() => withKeysInForce(macros, keys), [macros, keys]);
  const desk = useDesk(claim, task, onSay);
  const busy = desk.change.isPending || desk.submit.isPending;
  const rulings = rulingsOf(task.steps);
  const verdict = rulings.find((ruling) => subjectOf(ruling) === 'feed');
  const { itemId = '', side = 0 } = cards[at] ?? {};
  const item = task.items.find((item) => item.itemId === itemId);
  const title = itemTitle(item, itemId);
  const ruled = (id: string) => rulings.find((ruling) => ruling.kind === 'item' && ruling.itemId === id);
  const current = ruled(itemId);
  const seen = seenStills(task, revealed, preferences);

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
  const idOf = (card: number): string => cards[card]?.itemId ?? '';
  const choose = (next: number, first = '') => {
    const card = Math.max(0, Math.min(cards.length - 1, next));
    change((before) => ({ ...atCard(before, card, idOf), adding: false, asked: null, kept: null }));
    onSay(`${first} ${wordsOf(card)}`.trim());
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
      change({ revealed: new Set([...revealed, itemId]) });
    } else next.delete(itemId);
    change({ uncovered: next });
  };
  const rule = (actions: readonly ItemAction[], from: Form = form) => {
    if (busy || itemId === '') return;
    const needs = actions.some((action) => action === 'demote' || action === 'remove');
    if (needs && from.policy === null) {
      change({ asked: actions });
      policySelect.current?.focus();
      onSay(`Choose the policy that ${title} violates.`);
      return;
    }
    const lacking = policyLacking(actions, from, library);
    if (lacking !== null) {
      change({ kept: lacking });
      onSay(lacking);
      return;
    }
    change({ asked: null });
    const policy = from.policy === null ? undefined : (findPolicy(library, from.policy) ?? undefined);
    const next = itemRuling(itemId, actions, { policy, form: from, uncovered: seen });
    desk.change.mutate(next, {
      onSuccess: () => {
        remember(from);
        change((before) => ({ ...noteSaved(before, itemId, next.note, idOf), kept: null }));
        const saved = `Saved. ${title}: ${rulingWords(next)}.`;
        if (adding) onSay(saved);
        else choose(onwards(), saved);
        change({ adding: false });
      },
    });
  };
  const submit = () => {
    const [unsaved] = unsavedNotes({ at, form, notes }, idOf, rulings);
    if (unsaved === undefined) return desk.submit.mutate(undefined, { onSuccess: () => dropWork(place) });
    const of = itemTitle(
      task.items.find((other) => other.itemId === unsaved),
      unsaved,
    );
    const because = `The note written at “${of}” is saved with no ruling: rule once more to save it, or clear it, then submit.`;
    if (cards[at]?.itemId !== unsaved) choose(cards.findIndex((card) => card.itemId === unsaved));
    change({ kept: because });
    onSay(because);
    return undefined;
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
    const feedRuling = verdictOf(command, task.mode, { note: form.note, uncovered: seen });
    if (command === 'next') choose(at + 1);
    if (command === 'previous') choose(at - 1);
    if (command === 'still') show(!uncovered.has(itemId));
    if (command === 'also') change({ adding: !adding, form: adding ? form : formToAdd(current, form) });
    if (command === 'policy') policySelect.current?.focus();
    if (command === 'reason') reasonSelect.current?.focus();
    if (command === 'severity') severitySelect.current?.focus();
    if (command === 'note') noteField.current?.focus();
    if (command === 'leave') change({ leaving: true });
    if (action !== undefined) act(action);
    if (busy) return;
    if (command === 'undo' && task.steps.length > 0) undo();
    if (feedRuling !== null)
      desk.change.mutate(feedRuling, {
        onSuccess: () => {
          change({ kept: null });
          onSay(`Saved. The feed: ${rulingWords(feedRuling)}.`);
        },
      });
    if (command === 'submit' && verdict === undefined) onSay('Say first what the feed as a whole is.');
    if (command === 'submit' && verdict !== undefined) submit();
  };
  useDeskKeys(keys, given);
  useKeyPress((event) => {
    // Enter follows a link and presses a button, wherever on the page
    if (
      event.key === 'Enter' &&
      event.target instanceof Element &&
      event.target.closest('a, button, summary')
    )
      return;
    const macro = given.find(({ key }) => key === event.key);
    const command = commandOf(event.key, keys);
    if (command === null && macro === undefined) return;
    event.preventDefault();
    if (event.repeat && !mayRepeat(command)) return;
    if (command !== null) run(command);
    else if (macro !== undefined) apply(macro);
  });

  const onChoose = useStable((card: number) => choose(card));
  const onRun = useStable(run);
  const onLeaving = useStable((open: boolean) => change({ leaving: open }));
  const onShow = useStable(show);
  const onForm = useStable((changed: Form) => {
    change({ form: changed });
    if (asked !== null && changed.policy !== null) rule(asked, changed);
  });

  return (
    <div className={css['desk']} data-desk="">
      <FeedColumn
        key={place}
        task={task}
        at={at}
        preferences={preferences}
        ruled={ruled}
        onChoose={onChoose}
      />
      <ChosenItem
        key={`${place} chosen`}
        task={task}
        side={side}
        itemId={itemId}
        preferences={preferences}
        uncovered={uncovered.has(itemId)}
        stillKey={keys.still}
        onShow={onShow}
      />
      <Decision
        task={task}
        desk={desk}
        library={library}
        macros={given}
        kept={kept}
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
        onLeaving={onLeaving}
        onForm={onForm}
        onRun={onRun}
        onMacro={apply}
      />
    </div>
  );
}
