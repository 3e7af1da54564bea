import { join } from 'node:path';
import Database from 'better-sqlite3';
import { afterAll, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { checkSnapshot } from '../../../electron/database/snapshot/check.ts';
import { openSnapshot } from '../../../electron/database/snapshot/open.ts';
import { FEATURES } from '../../../resources/sample/build/features.ts';
import { readLog } from '../../../resources/sample/build/log.ts';
import { isUs, region } from '../../../resources/sample/build/region.ts';

const sample = join(import.meta.dirname, '../../../resources/sample');
const path = join(sample, 'us-2022-04.snapshot.sqlite');
const db = new Database(path, { readonly: true });
const log = readLog(join(sample, 'source/interactions.tsv.gz'));
afterAll(() => db.close());

const query = <Row extends z.ZodType>(row: Row, sql: string): z.output<Row>[] =>
  z.array(row).parse(db.prepare(sql).all());

describe("the sample's snapshot", () => {
  test('stands up to the check that every snapshot is put to', () => {
    expect(checkSnapshot(path).problems).toEqual([]);
  });

  test('holds US users only, and the data of no other user', () => {
    const users = query(
      z.object({ user_id: z.number(), region: z.string() }),
      'SELECT user_id, region FROM user UNION SELECT user_id, (SELECT region FROM user u WHERE u.user_id = r.user_id) FROM request r',
    );
    expect(users).toHaveLength(310);
    for (const user of users) {
      expect(user.region).toMatch(/^US-[A-Z]{2}$/);
      expect(user.region).toBe(region(String(user.user_id)));
    }
    const outside = new Set(log.map(({ userId }) => userId).filter((userId) => !isUs(userId)));
    expect(outside.size).toBeGreaterThan(150);
    expect(users.filter(({ user_id }) => outside.has(String(user_id)))).toEqual([]);
  });

  test('holds requests of held-out days only, each with five videos or more', () => {
    const requests = query(
      z.object({ request_id: z.string(), candidate_count: z.number() }),
      'SELECT request_id, candidate_count FROM request',
    );
    expect(requests).toHaveLength(742);
    for (const request of requests) {
      expect(request.request_id >= '20220416').toBe(true);
      expect(request.candidate_count).toBeGreaterThanOrEqual(5);
    }
  });

  test('has the feedback of the log: a day counted by hand from its rows', () => {
    const reader = openSnapshot(path);
    const [requestId = ''] = reader.requestIds();
    const request = reader.request(requestId);
    const names = reader.info.signals.map(({ name }) => name);
    const rows = log.filter(({ day, userId }) => `${day.replaceAll('-', '')}-${userId}` === requestId);
    expect(rows.length).toBeGreaterThanOrEqual(request.candidates.length);
    request.candidates.forEach(({ item }, at) => {
      const shown = rows.filter(({ videoId }) => videoId === item.itemId);
      const value = (signal: string) => request.feedback[at * names.length + names.indexOf(signal)];
      expect(shown.length).toBeGreaterThan(0);
      expect(value('hate')).toBe(shown[0]?.outcome.hate);
      expect(value('like')).toBe(shown[0]?.outcome.like);
      expect(value('play_time_ms')).toBe(shown.reduce((sum, { outcome }) => sum + outcome.playMs, 0));
    });
    expect(request.features).toHaveLength(request.candidates.length * FEATURES.length);
    reader.close();
  });

  test('labels a video as often hated by marks from before the held-out days alone', () => {
    const start = log
      .filter(({ day }) => day >= '2022-04-16')
      .reduce((least, row) => Math.min(least, row.timeMs), Infinity);
    const labelled = query(
      z.object({ item_id: z.number() }),
      "SELECT item_id FROM item_label WHERE label = 'often_hated'",
    ).map(({ item_id }) => String(item_id));
    const marks = (videoId: string) =>
      new Set(
        log
          .filter((row) => row.videoId === videoId && row.outcome.hate === 1 && row.timeMs < start)
          .map(({ userId }) => userId),
      ).size;
    expect(labelled.length).toBe(16);
    expect(labelled.filter((videoId) => marks(videoId) < 2)).toEqual([]);
  });

  test('says that its regions are made up, whose the data are and under which licence', () => {
    const { meta } = openSnapshot(path).info;
    expect(meta.jurisdiction).toBe('US');
    expect(meta.source).toContain('Made up: that these users are in the US');
    expect(meta.source).toContain('Gao et al.');
    expect(meta.licence).toContain('CC BY-SA 4.0');
  });
});
