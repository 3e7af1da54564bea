import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { gate, openWorld, PASSPHRASE, type World } from './world.ts';

let world: World;
beforeEach(async () => {
  world = await openWorld();
});
afterEach(() => world.close());

const freeze = () =>
  world.signoff.freeze({ releaseDigest: world.release, replayId: world.replay([gate('pass')]) });

describe('bytes that can be read in two ways', () => {
  const decided = async () => {
    const { statement } = await freeze();
    await world.signoff.sign({
      releaseDigest: world.release,
      statementDigest: statement?.digest ?? '',
      keyId: world.keyOf('dana.whitfield'),
      passphrase: PASSPHRASE,
      decision: 'approve',
      reason: 'I looked.',
      conditions: '',
    });
    return world.signoff.handOver({ releaseDigest: world.release });
  };

  it.each([
    ['a key that stands twice', (json: string) => json.replace('{', '{"payloadType": "x",')],
    ['the same key by an escape', (json: string) => json.replace('{', '{"payload\\u0054ype": "x",')],
    ['a byte order mark', (json: string) => `\ufeff${json}`],
    ['a lone surrogate', (json: string) => json.replace('"payloadType"', '"\\ud800": 1, "payloadType"')],
    ['something after the end', (json: string) => `${json} {}`],
  ])('by %s are refused everywhere', async (_, change) => {
    const { json } = await decided();
    const text = change(json);
    await expect(world.signoff.collect({ json: text })).rejects.toThrow();
    expect((await world.signoff.verify({ json: text })).ok).toBe(false);
  });

  it('by a homoglyph in a name are another person’s or nobody’s', async () => {
    const { json } = await decided();
    const record = JSON.parse(json);
    const [signoff] = record.signoffs;
    const text = Buffer.from(signoff.payload, 'base64').toString().replace('dana', 'd\u0430na');
    signoff.payload = Buffer.from(text).toString('base64');
    await expect(world.signoff.collect({ json: JSON.stringify(record) })).rejects.toThrow('proves nothing');
  });

  it('as another type of payload are not taken: an action is no sign-off, and a sign-off no action', async () => {
    const { json } = await decided();
    await world.signoff.act({
      releaseDigest: world.release,
      action: 'withdraw',
      reason: 'Not needed.',
      signers: [{ keyId: world.keyOf('mara.quinones'), passphrase: PASSPHRASE }],
    });
    const { history } = await world.signoff.get({ releaseDigest: world.release });
    const record = JSON.parse(json);
    const confused = { ...record, signoffs: [JSON.parse(history[0]?.json ?? '')] };
    await expect(world.signoff.collect({ json: JSON.stringify(confused) })).rejects.toThrow('proves nothing');
    const { db } = world.workspace;
    db.exec('DROP TRIGGER release_action_no_update');
    db.prepare('UPDATE release_action SET envelope = ?').run(JSON.stringify(record.signoffs[0]));
    expect((await world.signoff.get({ releaseDigest: world.release })).history).toEqual([]);
  });

  it('as an action signed for another place in the history prove nothing', async () => {
    const { db } = world.workspace;
    await world.signoff.act({
      releaseDigest: world.release,
      action: 'withdraw',
      reason: 'Not needed.',
      signers: [{ keyId: world.keyOf('mara.quinones'), passphrase: PASSPHRASE }],
    });
    db.exec(`INSERT INTO release_action (release_digest, action, at, envelope)
      SELECT release_digest, action, at, envelope FROM release_action`);
    const { history } = await world.signoff.get({ releaseDigest: world.release });
    expect(history.map(({ unprovenBecause }) => unprovenBecause)).toEqual([
      null,
      'it was signed to stand after another action',
    ]);
  });
});
