import { join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { insertLibrary } from '../../../electron/database/review/campaigns.ts';
import { countDecisions, historyPage } from '../../../electron/database/review/history.ts';
import { keepItems } from '../../../electron/database/review/items.ts';
import { findEverything } from '../../../electron/database/review/found.ts';
import { foundWorkspace } from '../../../electron/database/workspace/found.ts';
import { canonicalDigest, sha256Hex } from '../../../electron/services/signoff/digest.ts';
import type { DecisionFilter } from '../../../shared/domain/review/filter.ts';
import { parsePolicyLibrary } from '../../../shared/domain/review/policy-library.ts';
import { testFolder } from '../../fixtures/replay/folder.ts';
import { gatesFile } from '../../fixtures/replay/gates-file.ts';
import { insertMadeCampaign, LIBRARY } from '../../fixtures/review/campaign.ts';
import { decide } from '../../fixtures/review/decided.ts';

async function made() {
  const folder = join(testFolder(), 'team');
  const workspace = await foundWorkspace(folder, { name: 'Team', sample: false, gatesFile });
  onTestFinished(() => workspace.close());
  return { workspace, db: workspace.db, campaign: insertMadeCampaign(workspace, 40, 2) };
}

/** Notes, and which of them a search finds. */
const NOTES = {
  accents: 'La señal del niño está en São Paulo, naïve café',
  decomposed: 'cafe\u0301 con leche',
  operators: 'spam AND NOT eggs OR NEAR(dog)',
  quoted: 'he said "buy now" * and left',
  japanese: '危険な動画です。子供が見ています',
  thai: 'วิดีโออันตราย',
  arabic: 'فيديو خطير',
  plain: 'recycled clip with a watermark',
};

const SEARCHES: [string, (keyof typeof NOTES)[]][] = [
  ['senal', ['accents']],
  ['SEÑAL nino', ['accents']],
  ['café', ['accents', 'decomposed']],
  ['cafe\u0301', ['accents', 'decomposed']],
  ['AND', ['operators', 'quoted']],
  ['spam NOT', ['operators']],
  ['NEAR(dog', ['operators']],
  ['"buy now"', ['quoted']],
  ['" OR 1=1 --', []],
  ['buy*', ['quoted']],
  ['note:spam', []],
  ['facts:c1', []],
  ['c1', []],
  ['動画', ['japanese']],
  ['子供 危険', ['japanese']],
  ['画動', []],
  ['อันตราย', ['thai']],
  ['خطير', ['arabic']],
  ['water', ['plain']],
  ['water clip', []],
  ['clip water', ['plain']],
  ['w', []],
  ['a', ['plain']],
  ['***', []],
  ['x'.repeat(200), []],
  [`recycled ${'clip '.repeat(38)}`, ['plain']],
];

describe('words', () => {
  test('are found whatever their accents and script, and what is typed is never an operator', async () => {
    const { workspace, db, campaign } = await made();
    const names = new Map(
      Object.entries(NOTES).map(([name, note], at) => [
        decide(workspace, campaign, { itemId: String(at), note }, { feed: at }),
        name,
      ]),
    );
    for (const [text, found] of SEARCHES) {
      const rows = historyPage(db, { text }, null, 100, 0);
      const got = rows.map(({ id }) => names.get(id) ?? '').toSorted();
      expect([text, got]).toEqual([text, found.toSorted()]);
    }
  });

  test('of a caption are found with the item’s decisions, also when the item comes after them', async () => {
    const { workspace, db, campaign } = await made();
    const id = decide(workspace, campaign, { itemId: '7', note: 'first words' });
    const find = (text: string) => historyPage(db, { text, itemId: '7' }, null, 10, 0).map((row) => row.id);
    expect(find('tacos')).toEqual([]);
    const item = { itemId: '7', authorId: '3', caption: 'Sheet-pan tacos' };
    keepItems(db, [{ ...item, snapshot: sha256Hex('another snapshot'), caption: 'not these words' }]);
    keepItems(db, [{ ...item, snapshot: sha256Hex('snapshot') }]);
    expect([find('tacos'), find('first'), find('tacos first'), find('words not')]).toEqual([
      [id],
      [id],
      [id],
      [],
    ]);
  });
});

test('conditions narrow alone and together, with words and without, the newest first', async () => {
  const { workspace, db, campaign } = await made();
  keepItems(db, [{ itemId: '1', authorId: 'a', caption: 'one', snapshot: sha256Hex('snapshot') }]);
  const at = (minute: number) => `2026-11-24T12:${String(minute).padStart(2, '0')}:00.000Z`;
  const first = decide(workspace, campaign, { itemId: '1', note: 'clip' }, { at: at(5) });
  const older = decide(
    workspace,
    campaign,
    { itemId: '1', note: 'clip' },
    { feed: 1, at: at(1), person: 'lucia.ortega' },
  );
  const escalated = decide(
    workspace,
    campaign,
    { itemId: '2', actions: ['remove', 'escalate'], policy: 'minor_safety', note: 'clip' },
    { feed: 2, at: at(3) },
  );
  const reversal = decide(
    workspace,
    campaign,
    { itemId: '1', note: 'again' },
    { at: at(9), reverses: first },
  );
  const cases: [DecisionFilter, string[]][] = [
    [{}, [reversal, first, escalated, older]],
    [{ person: 'sam.okafor' }, [reversal, first, escalated]],
    [{ person: 'nobody' }, []],
    [{ policy: 'minor_safety' }, [escalated]],
    [{ action: 'escalate' }, [escalated]],
    [{ action: 'remove' }, [escalated]],
    [{ action: 'fine' }, []],
    [{ itemId: '1' }, [reversal, first, older]],
    [{ authorId: 'a' }, [reversal, first, older]],
    [{ campaign: campaign.id, feed: 1 }, [older]],
    [{ feed: 1 }, [older]],
    [{ requestId: '2' }, [escalated]],
    [{ state: 'reversed' }, [first]],
    [{ state: 'in force', itemId: '1' }, [reversal, older]],
    [{ from: at(3), to: at(9) }, [first, escalated]],
    [{ person: 'sam.okafor', to: at(4) }, [escalated]],
    [{ text: 'clip', person: 'sam.okafor' }, [escalated, first]],
    [{ text: 'clip', action: 'escalate', policy: 'minor_safety' }, [escalated]],
    [{ text: 'clip', state: 'in force', campaign: campaign.id, to: at(2) }, [older]],
    [{ text: 'clip', verdict: 'acceptable' }, []],
  ];
  for (const [filter, ids] of cases) {
    expect([filter, historyPage(db, filter, null, 10, 0).map(({ id }) => id)]).toEqual([filter, ids]);
    expect(countDecisions(db, filter, null)).toBe(ids.length);
  }
  expect(historyPage(db, {}, null, 2, 1).map(({ id }) => id)).toEqual([first, escalated]);
});

test('a policy is found with those below it in the tree, alone and with other conditions', async () => {
  const { workspace, db, campaign } = await made();
  const library = parsePolicyLibrary(LIBRARY.text, LIBRARY.fileName);
  insertLibrary(db, { digest: canonicalDigest(library), library, importedAt: '2026-11-24T12:00:00.000Z' });
  const under = (policy: string, minute: number, itemId: string) =>
    decide(
      workspace,
      campaign,
      { itemId, policy, note: 'clip' },
      { at: `2026-11-24T12:0${minute}:00.000Z`, person: minute === 3 ? 'lucia.ortega' : 'sam.okafor' },
    );
  const [gore, own, other, incited] = [
    under('graphic_violence', 1, '1'),
    under('violence', 2, '2'),
    under('spam', 3, '3'),
    under('incitement', 3, '4'),
  ];
  const cases: [DecisionFilter, (string | undefined)[]][] = [
    [{ policy: 'violence' }, [incited, own, gore]],
    [{ policy: 'graphic_violence' }, [gore]],
    [{ policy: 'spam' }, [other]],
    [{ policy: 'violence', person: 'sam.okafor' }, [own, gore]],
    [{ policy: 'violence', text: 'clip', person: 'lucia.ortega' }, [incited]],
    [{ policy: 'violence', text: 'clip' }, [incited, own, gore]],
    [{ policy: 'sexual_content' }, []],
  ];
  for (const [filter, ids] of cases) {
    const found = historyPage(db, filter, null, 10, 0).map(({ id }) => id);
    // words are found in the order in which decisions came, whatever they are dated
    if (filter.text === undefined) expect([filter, found]).toEqual([filter, ids]);
    else expect([filter, new Set(found)]).toEqual([filter, new Set(ids)]);
  }
});

test('what a migration left to be found is found at the next opening, once', async () => {
  const { workspace, db, campaign } = await made();
  const first = decide(workspace, campaign, { itemId: '1', note: 'clip' });
  const reversal = decide(workspace, campaign, { itemId: '1', note: 'other' }, { reverses: first });
  const before = db.prepare('SELECT * FROM review_find ORDER BY seq').all();
  db.exec(`DELETE FROM review_find; INSERT INTO review_text (review_text) VALUES ('delete-all')`);
  expect(countDecisions(db, { text: 'clip' }, null)).toBe(0);
  const pragmas = () => ['cache_size', 'wal_autocheckpoint'].map((name) => db.pragma(name, { simple: true }));
  const usual = pragmas();
  findEverything(db);
  findEverything(db);
  expect(pragmas()).toEqual(usual);
  expect(db.prepare('SELECT * FROM review_find ORDER BY seq').all()).toEqual(before);
  expect(historyPage(db, { text: 'clip' }, null, 10, 0).map(({ id }) => id)).toEqual([first]);
  expect(historyPage(db, { state: 'in force' }, null, 10, 0).map(({ id }) => id)).toEqual([reversal]);
});
