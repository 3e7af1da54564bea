import { describe, expect, test } from 'vitest';
import { judge, verdict } from './judge.ts';
import { created, decided, type ReviewWorld, reviewWorld } from './world.ts';

const judged = (world: ReviewWorld, campaign: string, note = '') =>
  judge(world, campaign, verdict('acceptable'), note, ['demote']);

describe('history', () => {
  test('is found by item, author, feed, reviewer, policy, action, state and words', async () => {
    const world = await reviewWorld();
    const { review } = world.services;
    const { id } = await created(world);
    await world.as('Sam Okafor');
    const first = await judged(world, id, 'A naïve giveaway');
    await judged(world, id, 'nothing of the kind');
    await world.as('Lucia Ortega');
    await judged(world, id, 'giveaways again');
    const find = async (filter: Parameters<typeof review.history>[0]['filter']) =>
      (await review.history({ filter, offset: 0, limit: 50 })).rows.map(
        ({ person, ruling }) => `${person} ${ruling.note}`,
      );
    expect(await find({ text: 'naive give' })).toEqual(['sam.okafor A naïve giveaway']);
    expect(await find({ text: 'GIVEAWAY' })).toHaveLength(2);
    expect(await find({ text: '"; DROP' })).toEqual([]);
    expect(await find({ person: 'lucia.ortega', policy: 'spam' })).toEqual(['lucia.ortega giveaways again']);
    expect(await find({ feed: first.feed, campaign: id })).toHaveLength(4);
    expect(await find({ itemId: first.itemId })).toContain('sam.okafor A naïve giveaway');
    expect(await find({ action: 'remove' })).toEqual([]);
    expect(await find({ action: 'demote' })).toHaveLength(3);
    expect(await find({ verdict: 'acceptable', text: '' })).toEqual([]);
    const caption = first.item?.caption.match(/\p{L}{4,}/u)?.[0] ?? '';
    expect(caption).not.toBe('');
    expect(await find({ text: caption, itemId: first.itemId })).toContain('sam.okafor A naïve giveaway');
    const author = first.item?.authorId ?? '';
    expect(await find({ authorId: author })).toContain('sam.okafor A naïve giveaway');
    const page = await review.history({ filter: { campaign: id }, offset: 1, limit: 2 });
    expect(page).toMatchObject({
      total: 6,
      more: false,
      rows: [{ person: 'lucia.ortega' }, { campaignName: 'November, first look' }],
    });
    const [last] = (await decided(world, id)).toReversed();
    const ruling = { kind: 'feed', verdict: 'not acceptable', note: '' } as const;
    await review.reverse({ decision: last?.id ?? '', ruling });
    expect(await find({ state: 'reversed' })).toEqual(['lucia.ortega ']);
    expect(await find({ state: 'in force' })).toHaveLength(6);
  });

  test('filters and macros are kept for a person, and a macro may be everybody’s', async () => {
    const world = await reviewWorld();
    const { review } = world.services;
    await world.as('Sam Okafor');
    await review.saveFilter({ id: 'a', name: 'Spam', filter: { policy: 'spam' } });
    expect(await review.saveFilter({ id: 'b', name: 'Spam', filter: { policy: 'hate' } })).toEqual([
      { id: 'b', name: 'Spam', filter: { policy: 'hate' } },
    ]);
    const ruling = { actions: ['demote' as const], policy: 'spam', reason: 'fraud', severity: 2, note: '' };
    await review.saveMacro({ id: 'own', name: 'Fraud', key: '4', shared: false, ruling });
    await review.saveMacro({ id: 'team', name: 'Scam', key: null, shared: true, ruling });
    await world.as('Lucia Ortega');
    expect(await review.filters()).toEqual([]);
    expect((await review.macros()).map(({ name }) => name)).toEqual(['Scam']);
    const team = { id: 'team', name: 'Scam', key: null, shared: true, ruling };
    await review.saveMacro({ ...team, ruling: { ...ruling, severity: 4 }, was: team });
    await expect(review.saveMacro({ ...team, key: '5', was: team })).rejects.toMatchObject({
      code: 'conflict',
      message:
        'The kept decision “Scam” was changed meanwhile: its decision is now “demote under spam (fraud), severity 4”; read the list again and change that.',
    });
    await expect(
      review.saveMacro({ id: 'own', name: 'Mine', key: null, shared: false, ruling }),
    ).rejects.toThrow('another person');
    await expect(review.removeMacro({ was: team })).rejects.toThrow(
      'severity 4”; read the list again, and remove',
    );
    const now = { ...team, ruling: { ...ruling, severity: 4 } };
    expect(await review.removeMacro({ was: now })).toEqual([]);
    await expect(review.removeMacro({ was: now })).rejects.toThrow('gone already');
    await expect(review.saveMacro({ ...team, was: team })).rejects.toThrow('was removed meanwhile');
    await expect(review.removeFilter({ id: 'b' })).rejects.toMatchObject({ code: 'not_found' });
    await world.as('Sam Okafor');
    expect(await review.removeFilter({ id: 'b' })).toEqual([]);
  });
});
