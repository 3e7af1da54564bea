import type { Page } from '@playwright/test';

/** Name of the campaign that `reviewedCampaign` draws. */
export const REVIEWED = 'Labelled items high up';

/** Unlocks the sample key of a person for review. */
export const unlockReview = (page: Page, person: string): Promise<void> =>
  page.evaluate(async (name) => {
    const people = await window.stateside.signoff.people();
    const key = people.ok
      ? people.value.find(({ person, keyHere }) => person === name && keyHere)
      : undefined;
    if (key === undefined) throw new Error(`${name} has no key here`);
    const answer = await window.stateside.roster.unlock({
      keyId: key.keyId,
      passphrase: 'stateside sample',
      minutes: 60,
    });
    if (!answer.ok) throw new Error(answer.error.message);
  }, person);

/**
 * A blind or open campaign in which Sam and Lucia judged four feeds each; they agree on three. Two items violate a
 * policy, one is escalated. Drawn and judged through the window's own bridge; asked for again, the same one is found.
 * Lucia's key is left unlocked.
 */
export async function reviewedCampaign(
  page: Page,
  { name = REVIEWED, mode = 'open' }: { name?: string; mode?: 'open' | 'blind' } = {},
): Promise<string> {
  return page.evaluate(
    async ({ name, mode }) => {
      const opened = async <Value>(
        answer: Promise<{ ok: true; value: Value } | { ok: false; error: { message: string } }>,
      ) => {
        const envelope = await answer;
        if (!envelope.ok) throw new Error(envelope.error.message);
        return envelope.value;
      };
      const { review, replay, roster, signoff } = window.stateside;
      const drawn = (await opened(review.campaigns())).find((campaign) => campaign.name === name);
      if (drawn !== undefined) return drawn.id;
      const people = await opened(signoff.people());
      const replays = await opened(replay.list());
      const [policies] = await opened(review.libraries());
      const replayId = replays.find(({ candidate }) => candidate.version === 'us-2026.11.0')?.id;
      if (policies === undefined || replayId === undefined) throw new Error('the sample lacks its replay');
      const unlock = async (person: string) => {
        const key = people.find((found) => found.person === person && found.keyHere);
        if (key === undefined) throw new Error(`${person} has no key here`);
        await opened(roster.unlock({ keyId: key.keyId, passphrase: 'stateside sample', minutes: 60 }));
      };
      await unlock('Sam Okafor');
      const { id: campaign } = await opened(
        review.create({
          ...{ replayId, name, mode, reviewersPerFeed: 2, policies: policies.digest, due: null, seed: 7 },
          strata: [
            { method: 'labelled high up', count: 6 },
            { method: 'uniform', count: 4 },
          ],
        }),
      );
      for (const person of ['Sam Okafor', 'Lucia Ortega']) {
        await unlock(person);
        for (let at = 0; at < 4; at += 1) {
          const task = await opened(review.claim({ campaign, feed: at }));
          if (task === null) throw new Error('there is no feed to judge');
          let { revision } = task;
          const here = { campaign, feed: task.feed };
          const [first = '', second = ''] = task.sides[0]?.places ?? [];
          const item = { kind: 'item', severity: null, revealed: false } as const;
          const differs = at === 3 && person === 'Lucia Ortega';
          const against = differs || at === 1;
          const note = against ? 'A spam clip stands first, above everything the person follows.' : '';
          const rulings = [
            {
              ...{ ...item, itemId: first, note: 'Same clip as last week' },
              ...(at < 2
                ? { actions: ['demote' as const], policy: 'spam', reason: 'fraud', severity: 2 }
                : { actions: ['fine' as const], policy: null, reason: null }),
            },
            ...(at === 0
              ? [
                  {
                    ...{ ...item, itemId: second, policy: null, reason: null },
                    ...{
                      actions: ['escalate' as const],
                      note: 'Looks like a minor; somebody senior should see it',
                    },
                  },
                ]
              : []),
            mode === 'open'
              ? {
                  kind: 'feed' as const,
                  verdict: against ? ('not acceptable' as const) : ('acceptable' as const),
                  note,
                }
              : {
                  kind: 'preference' as const,
                  preferred: against ? ('left' as const) : ('right' as const),
                  note,
                },
          ];
          for (const ruling of rulings)
            ({ revision } = await opened(review.rule({ ...here, revision, ruling })));
          await opened(review.submit({ ...here, revision }));
        }
      }
      return campaign;
    },
    { name, mode },
  );
}
