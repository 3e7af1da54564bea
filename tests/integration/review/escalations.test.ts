import { expect, test } from 'vitest';
import type { EscalationFilter, EscalationSort } from '../../../shared/contract/review/escalations.ts';
import { exported } from '../../fixtures/review/exchanged.ts';
import { judge, verdict } from './judge.ts';
import { created, escalations, reviewWorld } from './world.ts';

const NOTES = ['a scam', 'a threat', '', 'Äpfel, 100 %'];

/** Four escalations by Sam, the first of them assigned to Lucia and due, the second closed. */
async function escalated() {
  const world = await reviewWorld();
  const { review } = world.services;
  const { id: campaign } = await created(world);
  await world.as('Sam Okafor');
  for (const note of NOTES) await judge(world, campaign, verdict('acceptable'), note);
  const list = async (filter: EscalationFilter = {}, sort: EscalationSort = 'feed', desc = false) =>
    (await review.escalations({ filter, sort, desc, offset: 0, limit: 50 })).rows;
  const [first, second] = await list();
  const move = (decision = '', to: 'assigned' | 'closed', comment: string, more = {}) =>
    review
      .moveEscalation({ decision, from: 'escalated', to: 'open', comment: '' })
      .then(() => review.moveEscalation({ ...{ decision, from: 'open', to, comment }, ...more }));
  await move(first?.decision, 'assigned', 'Please look', { owner: 'lucia.ortega', due: '2026-12-24' });
  await move(second?.decision, 'closed', 'It was a joke');
  return { world, campaign, list };
}

const feeds = (rows: readonly { feed: number }[]) => rows.map(({ feed }) => feed);

test('escalations are narrowed by campaign, state, owner, days and words', async () => {
  const { campaign, list } = await escalated();
  const now = new Date().toISOString();
  const found: [EscalationFilter, number[]][] = [
    [{}, [0, 1, 2, 3]],
    [{ campaign }, [0, 1, 2, 3]],
    [{ campaign: 'another' }, []],
    [{ state: 'not closed' }, [0, 2, 3]],
    [{ state: 'closed' }, [1]],
    [{ state: 'assigned' }, [0]],
    [{ owner: 'lucia.ortega' }, [0]],
    [{ owner: '' }, [1, 2, 3]],
    [{ dueFrom: '2026-12-24', dueTo: '2026-12-25' }, [0]],
    [{ dueTo: '2026-12-24' }, []],
    [{ raisedTo: now }, [0, 1, 2, 3]],
    [{ raisedFrom: now }, []],
    [{ text: 'SCAM' }, [0]],
    [{ text: 'joke' }, [1]],
    [{ text: '100 %' }, [3]],
    [{ text: 'äPFEL' }, [3]],
    [{ text: 'a\u0308pfel' }, [3]],
    [{ text: 'ÄPFEL, 100 %' }, [3]],
    [{ text: 'lucia' }, [0]],
    [{ text: 'joke', state: 'not closed' }, []],
  ];
  for (const [filter, wanted] of found) expect([filter, feeds(await list(filter))]).toEqual([filter, wanted]);
});

test('they are sorted by every column, both ways, with what has no value last', async () => {
  const { list } = await escalated();
  for (const sort of ['state', 'item', 'feed', 'note', 'raised', 'comments', 'changed'] as const) {
    const up = await list({}, sort);
    expect(up).toHaveLength(4);
    const down = await list({}, sort, true);
    expect(new Set(feeds(down))).toEqual(new Set(feeds(up)));
  }
  expect(feeds(await list({}, 'urgency')).at(-1)).toBe(1);
  expect(feeds(await list({}, 'feed', true))).toEqual([3, 2, 1, 0]);
  for (const desc of [false, true]) {
    expect(feeds(await list({}, 'due', desc))[0]).toBe(0);
    expect(feeds(await list({}, 'owner', desc))[0]).toBe(0);
    expect(feeds(await list({}, 'note', desc)).at(-1)).toBe(2);
  }
  expect((await list({}, 'comments', true)).map(({ comments }) => comments)).toEqual([1, 1, 0, 0]);
});

test('they come by pages, with how many there are and how many wait', async () => {
  const { world } = await escalated();
  const ask = (offset: number) =>
    world.services.review.escalations({ filter: {}, sort: 'feed', desc: false, offset, limit: 3 });
  const [first, second] = [await ask(0), await ask(3)];
  expect([first, second]).toMatchObject([
    { total: 4, open: 3, offset: 0 },
    { total: 4, open: 3, offset: 3 },
  ]);
  expect(feeds([...first.rows, ...second.rows])).toEqual([0, 1, 2, 3]);
});

test('an escalation has an owner, a due date and comments, and every step stays', async () => {
  const world = await reviewWorld();
  const { review } = world.services;
  const { id } = await created(world);
  await world.as('Sam Okafor');
  await judge(world, id, verdict('acceptable'), 'please look', ['escalate']);
  const [escalation] = await escalations(world);
  const decision = escalation?.decision ?? '';
  const move = { decision, from: 'escalated', to: 'escalated' } as const;
  await review.moveEscalation({ ...move, comment: '', owner: 'mara.quinones', due: '2026-12-02' });
  await review.moveEscalation({ ...move, comment: 'Asked legal.' });
  await expect(review.moveEscalation({ ...move, comment: ' ' })).rejects.toThrow('changes nothing');
  await review.moveEscalation({ ...move, to: 'closed', comment: 'Fine.' });
  const [closed] = await escalations(world, id);
  expect(closed).toMatchObject({
    state: 'closed',
    owner: 'mara.quinones',
    due: '2026-12-02',
    next: ['open'],
  });
  expect(closed?.steps.map(({ state, comment }) => `${state} ${comment}`)).toEqual([
    'escalated please look',
    'escalated ',
    'escalated Asked legal.',
    'closed Fine.',
  ]);
  const text = await exported(review, id);
  const other = await reviewWorld();
  await other.services.review.merge(text);
  expect(await escalations(other)).toEqual(await escalations(world));
});
