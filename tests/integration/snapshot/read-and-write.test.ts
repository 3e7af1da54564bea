import { existsSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import Database from 'better-sqlite3';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { digestFile } from '../../../electron/database/digest-file.ts';
import { checkSnapshot } from '../../../electron/database/snapshot/check.ts';
import { openSnapshot } from '../../../electron/database/snapshot/open.ts';
import { SnapshotWriter } from '../../../electron/database/snapshot/writer.ts';
import { CONTENT, newFolder, smallSnapshot, WIDE_ID } from './small.ts';

describe('a snapshot', () => {
  it('tells what it is and holds', () => {
    const path = smallSnapshot();
    const snapshot = openSnapshot(path);
    expect(snapshot.info).toEqual({
      path,
      bytes: statSync(path).size,
      meta: CONTENT.meta,
      features: CONTENT.features,
      signals: CONTENT.signals,
      idOrder: 'integer',
      counts: { users: 1, items: 3, requests: 2, candidates: 4, labels: 3, stills: 1 },
    });
    snapshot.close();
  });

  it('reads a request in ordinal order, with every digit of a 64-bit id', () => {
    const snapshot = openSnapshot(smallSnapshot());
    const request = snapshot.request('10');
    expect(request.candidates.map(({ item }) => item.itemId)).toEqual(['2', WIDE_ID, '1']);
    expect(request.candidates.map(({ ordinal }) => ordinal)).toEqual([0, 1, 2]);
    expect(request.candidates[0]).toMatchObject({
      inNetwork: 1,
      loggedPosition: 1,
      loggedScore: 0.5,
      propensity: 0.25,
    });
    expect(request.candidates[1]).toMatchObject({ inNetwork: 0, loggedPosition: null, propensity: null });
    expect(request.candidates[0]?.item.labels).toEqual(['spam', 'violence']);
    expect(request.user).toEqual({ userId: '7', region: 'US-CA', attributes: { age_band: '18-24' } });
    expect([...request.features]).toEqual([0.5, 1.5, 2.5, 3.5, 4.5, 5.5]);
    expect([...request.feedback]).toEqual([0, 1, Number.NaN, Number.NaN, Number.NaN, Number.NaN]);
    expect(snapshot.item(WIDE_ID).caption).toBe(`caption ${WIDE_ID}`);
    snapshot.close();
  });

  it('keeps what only people look at: caption, sources of labels, stills', () => {
    const snapshot = openSnapshot(smallSnapshot());
    expect(snapshot.item('2').labelSources).toEqual([
      { label: 'spam', source: 'classifier', confidence: 0.5 },
      { label: 'violence', source: 'classifier', confidence: 0.75 },
      { label: 'violence', source: 'reviewer', confidence: null },
    ]);
    expect(snapshot.item('1').hasStill).toBe(true);
    const still = snapshot.still('1');
    expect([still?.mime, ...(still?.bytes ?? [])]).toEqual(['image/png', 1, 2, 3]);
    expect([snapshot.still('2'), snapshot.still('99'), snapshot.still('x')]).toEqual([null, null, null]);
    snapshot.close();
  });

  it('orders request ids as they are stored: 9 before 10 as integers, after it as text', () => {
    const integers = openSnapshot(smallSnapshot());
    expect(integers.requestIds()).toEqual(['9', '10']);
    expect(integers.requestIdsBlock(1, 5)).toEqual(['10']);
    expect(integers.requestCount).toBe(2);
    const texts = openSnapshot(smallSnapshot({ requestIdOrder: 'text' }));
    expect(texts.requestIds()).toEqual(['10', '9']);
    expect(texts.idOrder).toBe('integer');
    expect(texts.request('9').candidates).toHaveLength(1);
    const all = openSnapshot(smallSnapshot({ idOrder: 'text' }));
    expect(all.idOrder).toBe('text');
    expect(all.request('10').candidates[1]?.item.itemId).toBe(WIDE_ID);
    for (const snapshot of [integers, texts, all]) snapshot.close();
  });

  it.each(['11', '010', 'ten', ''])('says that it holds no request "%s"', (id) => {
    const snapshot = openSnapshot(smallSnapshot());
    expect(() => snapshot.request(id)).toThrow(`${snapshot.path} holds no request ${id}; check the id.`);
    expect(() => snapshot.item(id)).toThrow(/holds no item/);
    snapshot.close();
  });

  it('stays as it was, byte for byte and alone in its folder, while it is read and checked', () => {
    const path = smallSnapshot();
    const before = { bytes: readFileSync(path), mtime: statSync(path).mtimeMs };
    const beside = () => readdirSync(dirname(path));
    const snapshot = openSnapshot(path);
    snapshot.request('10');
    expect(beside()).toEqual(['small.snapshot.sqlite']);
    snapshot.close();
    expect(checkSnapshot(path).problems).toEqual([]);
    expect(beside()).toEqual(['small.snapshot.sqlite']);
    expect(readFileSync(path)).toEqual(before.bytes);
    expect(statSync(path).mtimeMs).toBe(before.mtime);
  });

  it('is named by the SHA-256 of its file', async () => {
    const path = join(newFolder(), 'abc');
    writeFileSync(path, 'abc');
    // FIPS 180-2, appendix B.1.
    expect(await digestFile(path)).toBe('ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad');
    await expect(digestFile(dirname(path))).rejects.toThrow(/cannot be read/);
    await expect(digestFile(`${path}.gone`)).rejects.toThrow(/does not exist/);
  });
});

const scalar = fc.oneof(
  fc.string(),
  fc.double({ noNaN: true, noDefaultInfinity: true }),
  fc.boolean(),
  fc.constant(null),
);
// JSON writes −0 as 0.
const attributes = fc
  .dictionary(fc.string(), scalar)
  .map((value): Record<string, string | number | boolean | null> => JSON.parse(JSON.stringify(value)));
const text = fc.string().filter((value) => !value.includes('\0'));
const maybe = fc.option(text);
const integerIds = fc.uniqueArray(fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n }), {
  minLength: 1,
  maxLength: 6,
});
const textIds = fc.uniqueArray(text, { minLength: 1, maxLength: 6 });
// SQLite keeps no sign of zero.
const number = fc.option(fc.double({ noNaN: true, noDefaultInfinity: true }).map((value) => value + 0));

describe('writing and reading', () => {
  it('give back what was added', () => {
    const folder = newFolder();
    let built = 0;
    const ids = fc.oneof(
      integerIds.map((values) => ({ idOrder: 'integer' as const, ids: values.map(String) })),
      textIds.map((values) => ({ idOrder: 'text' as const, ids: values })),
    );
    fc.assert(
      fc.property(
        ids,
        fc.record({ caption: text, category: maybe, language: maybe, uploadedAt: maybe, attributes }),
        fc.record({ loggedScore: number, propensity: number, attributes, region: text }),
        fc.infiniteStream(fc.float()),
        ({ idOrder, ids }, about, logged, floats) => {
          const path = join(folder, `${built++}.sqlite`);
          const writer = SnapshotWriter.create(path, { ...CONTENT, idOrder });
          const [first = ''] = ids;
          writer.addUser({ userId: first, region: logged.region, attributes: logged.attributes });
          const items = ids.map((itemId) => ({ itemId, authorId: itemId, durationMs: 5, ...about }));
          for (const item of items) writer.addItem(item);
          const take = (count: number) =>
            Float32Array.from({ length: count }, () => floats.next().value ?? 0);
          const request = {
            requestId: first,
            userId: first,
            requestedAt: '2026-01-01T00:00:00Z',
            surface: 'for_you',
            candidates: ids.map((itemId) => ({
              itemId,
              inNetwork: 0 as const,
              loggedPosition: null,
              loggedScore: logged.loggedScore,
              propensity: logged.propensity,
            })),
            features: take(2 * ids.length).map((value) => (Number.isFinite(value) ? value : 1)),
            feedback: take(2 * ids.length),
          };
          writer.addRequest(request);
          writer.finish();
          const snapshot = openSnapshot(path);
          const read = snapshot.request(first);
          expect(snapshot.requestIds()).toEqual([first]);
          expect(read.features).toEqual(request.features);
          expect(read.feedback).toEqual(request.feedback);
          expect(read.user).toEqual({ userId: first, region: logged.region, attributes: logged.attributes });
          expect(read.candidates).toEqual(
            request.candidates.map(({ itemId, ...rest }, ordinal) =>
              Object.assign(rest, {
                ordinal,
                item: read.candidates.find(({ item }) => item.itemId === itemId)?.item,
              }),
            ),
          );
          const nothingBeside = { labels: [], labelSources: [], hasStill: false };
          expect(read.candidates.map(({ item }) => snapshot.item(item.itemId))).toEqual(
            items.map((item) => Object.assign(item, nothingBeside)),
          );
          snapshot.close();
        },
      ),
      { numRuns: 60 },
    );
  });
});

describe('building', () => {
  it('gives the same bytes for the same content', () => {
    expect(readFileSync(smallSnapshot())).toEqual(readFileSync(smallSnapshot()));
  });

  it('leaves no file under the target’s name before it is finished, and nothing at all when abandoned', () => {
    const folder = newFolder();
    const path = join(folder, 'new.sqlite');
    const writer = SnapshotWriter.create(path, CONTENT);
    writer.addUser({ userId: '1', region: 'US-CA', attributes: {} });
    expect(existsSync(path)).toBe(false);
    writer.abandon();
    expect(readdirSync(folder)).toEqual([]);
  });

  it('keeps an existing file unless told otherwise', () => {
    const path = smallSnapshot();
    const before = readFileSync(path);
    expect(() => SnapshotWriter.create(path, CONTENT)).toThrow(/exists already and is not replaced/);
    expect(readFileSync(path)).toEqual(before);
    SnapshotWriter.create(path, { ...CONTENT, overwrite: true }).finish();
    expect(openSnapshot(path).requestCount).toBe(0);
    expect(readdirSync(dirname(path))).toEqual(['small.snapshot.sqlite']);
  });

  it('does not replace a file that appeared meanwhile', () => {
    const folder = newFolder();
    const path = join(folder, 'new.sqlite');
    const writer = SnapshotWriter.create(path, CONTENT);
    writeFileSync(path, 'somebody else’s');
    expect(() => writer.finish()).toThrow(/exists already/);
    expect(readFileSync(path, 'utf8')).toBe('somebody else’s');
    expect(readdirSync(folder)).toEqual(['new.sqlite']);
  });

  it('refuses a folder that is not there, an id that is no integer and numbers of the wrong count', () => {
    expect(() => SnapshotWriter.create(join(newFolder(), 'gone', 'x.sqlite'), CONTENT)).toThrow(
      /does not exist/,
    );
    const writer = SnapshotWriter.create(join(newFolder(), 'x.sqlite'), CONTENT);
    expect(() => writer.addUser({ userId: 'u1', region: 'US-CA', attributes: {} })).toThrow(/user id "u1"/);
    const request = { requestId: '1', userId: '1', requestedAt: '', surface: '', candidates: [] };
    const none = new Float32Array();
    expect(() => writer.addRequest({ ...request, features: Float32Array.of(1), feedback: none })).toThrow(
      /its features are 1 numbers, its candidates need 0/,
    );
    expect(() => writer.addRequest({ ...request, features: none, feedback: Float32Array.of(1) })).toThrow(
      /its feedback are 1 numbers/,
    );
    writer.abandon();
  });

  it('leaves a file in rollback mode that other SQLite programs read', () => {
    const db = new Database(smallSnapshot(), { readonly: true });
    expect(db.pragma('journal_mode', { simple: true })).toBe('delete');
    expect(db.pragma('application_id', { simple: true })).toBe(0x53544453);
    expect(db.pragma('user_version', { simple: true })).toBe(1);
    db.close();
  });
});
