import { join } from 'node:path';
import Database from 'better-sqlite3';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { openSnapshot } from '../../../electron/database/snapshot/open.ts';
import { SnapshotWriter } from '../../../electron/database/snapshot/writer.ts';
import { CONTENT, newFolder } from './small.ts';

describe('reading several requests at once', () => {
  it('gives each float as it is stored, to the last bit', () => {
    const path = join(newFolder(), 'floats.sqlite');
    const chances = fc.sample(fc.double({ noNaN: true, noDefaultInfinity: true }), {
      numRuns: 3000,
      seed: 1,
    });
    const writer = SnapshotWriter.create(path, { ...CONTENT, idOrder: 'integer' });
    writer.addUser({ userId: '1', region: 'US-CA', attributes: {} });
    for (const at of chances.keys())
      writer.addItem({
        ...{ itemId: String(at), authorId: null, caption: '', category: null, language: null },
        ...{ durationMs: 1, uploadedAt: null, attributes: {} },
      });
    writer.addRequest({
      ...{ requestId: '1', userId: '1', requestedAt: '2026-01-01T00:00:00Z', surface: 'for_you' },
      candidates: chances.map((propensity, at) => ({
        ...{ itemId: String(at), inNetwork: 0, loggedPosition: null, loggedScore: null, propensity },
      })),
      features: new Float32Array(2 * chances.length),
      feedback: new Float32Array(2 * chances.length),
    });
    writer.finish();
    const reader = openSnapshot(path);
    const [request] = reader.requests(['1']);
    expect(Array.from(request?.candidates.propensity ?? [])).toEqual(chances.map((chance) => chance + 0));
    reader.close();
  });

  it('is one transaction, which ends with the work, however it ends', async () => {
    const path = join(newFolder(), 'held.sqlite');
    const writer = SnapshotWriter.create(path, CONTENT);
    writer.finish();
    const reader = openSnapshot(path);
    const other = new Database(path);
    const taken = (): string => {
      try {
        other.exec('BEGIN EXCLUSIVE; COMMIT');
        return 'free';
      } catch (error) {
        return String(error);
      }
    };
    const within = await reader.inOneRead(async () => {
      reader.requestIds();
      return reader.inOneRead(() => Promise.resolve(taken()));
    });
    expect(within).toMatch(/locked/);
    expect(taken()).toBe('free');
    const failing = reader.inOneRead(() => Promise.reject(new Error('stopped')));
    await expect(failing).rejects.toThrow('stopped');
    expect(taken()).toBe('free');
    other.close();
    reader.close();
  });
});
