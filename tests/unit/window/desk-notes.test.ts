import { expect, test } from 'vitest';
import { atCard, noteSaved, unsavedNotes } from '../../../renderer/features/review/desk/notes.ts';
import type { Ruling } from '../../../shared/domain/review/decision.ts';

const idOf = (card: number): string => ['a', 'b', 'c'][card] ?? '';
const begun: ReturnType<typeof atCard> = {
  at: 0,
  form: { policy: 'spam', reason: null, severity: null, note: '' },
  notes: new Map(),
};
const typed = (work: ReturnType<typeof atCard>, note: string) => ({ ...work, form: { ...work.form, note } });
const item = (itemId: string, note: string): Ruling => ({
  ...{ kind: 'item', itemId, actions: ['fine'], policy: null, reason: null, severity: null, note },
  revealed: false,
});

test('what was written of an item waits there, while the person looks at others', () => {
  const away = atCard(typed(begun, 'look twice'), 1, idOf);
  expect(away).toMatchObject({ at: 1, form: { policy: 'spam', note: '' } });
  expect(atCard(away, 0, idOf).form.note).toBe('look twice');
});

test('a note is unsaved until a ruling has it, and gone from the panel then', () => {
  const work = typed(atCard(typed(begun, 'look twice'), 1, idOf), 'and here');
  expect(unsavedNotes(work, idOf, [])).toEqual(['a', 'b']);
  const rulings = [
    item('b', 'and here'),
    { kind: 'feed', verdict: 'acceptable', note: 'look twice' } as const,
  ];
  expect(unsavedNotes(work, idOf, rulings)).toEqual([]);
  const saved = noteSaved(work, 'b', 'and here', idOf);
  expect(saved.form.note).toBe('');
  expect(unsavedNotes(saved, idOf, [])).toEqual(['a']);
});

test('a ruling with other words, as a kept decision has, leaves what was written', () => {
  expect(noteSaved(typed(begun, 'my own words'), 'a', 'the usual', idOf).form.note).toBe('my own words');
});
