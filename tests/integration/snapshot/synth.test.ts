import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { checkSnapshot } from '../../../electron/database/snapshot/check.ts';
import { openSnapshot } from '../../../electron/database/snapshot/open.ts';
import { LABELS } from '../../../electron/services/snapshots/synth/captions.ts';
import {
  synthDefaults,
  synthesise,
  type SynthOptions,
} from '../../../electron/services/snapshots/synth/synth.ts';
import { newFolder } from './small.ts';

function made(options: Partial<SynthOptions> = {}): string {
  const path = join(newFolder(), 'made.snapshot.sqlite');
  synthesise(path, { ...synthDefaults(60, 25), requests: 60, candidates: 25, seed: 5, ...options });
  return path;
}

describe('a made-up snapshot', () => {
  it('is sound, and as large as it was asked to be', () => {
    const path = made({ stills: 4, users: 9, items: 300, features: 20 });
    expect(checkSnapshot(path).problems).toEqual([]);
    const snapshot = openSnapshot(path);
    expect(snapshot.info.counts).toMatchObject({
      requests: 60,
      candidates: 1500,
      items: 300,
      users: 9,
      stills: 4,
    });
    expect(snapshot.features).toHaveLength(20);
    expect(snapshot.still('4')?.mime).toBe('image/png');
    expect(snapshot.still('5')).toBeNull();
    snapshot.close();
  });

  it('is the same, byte for byte, for the same options and another for another seed', () => {
    expect(readFileSync(made({ stills: 3 }))).toEqual(readFileSync(made({ stills: 3 })));
    expect(readFileSync(made({ seed: 6 }))).not.toEqual(readFileSync(made()));
  });

  it('says that it is made up, from which seed, and when only as it was told', () => {
    const snapshot = openSnapshot(made({ seed: 42, createdAt: '2025-05-01T00:00:00Z' }));
    const { meta } = snapshot;
    expect(meta.source).toMatch(/Made up by Stateside from seed 42: every user/);
    expect(meta.generator).toContain('--seed 42');
    expect(meta).toMatchObject({ jurisdiction: 'US', created_at: '2025-05-01T00:00:00.000Z' });
    const request = snapshot.request('1');
    expect(request.requestedAt < meta.created_at).toBe(true);
    for (const { item } of request.candidates) {
      expect((item.uploadedAt ?? '') < request.requestedAt).toBe(true);
      expect(snapshot.item(item.itemId).caption).toMatch(/#synthetic$/);
    }
    expect(request.user.region).toMatch(/^US-[A-Z]{2}$/);
    snapshot.close();
  });

  it('logs true propensities: of the softmax of its scores, given the places above', () => {
    const snapshot = openSnapshot(made());
    let uniform = 0;
    for (const id of snapshot.requestIds()) {
      const { candidates } = snapshot.request(id);
      const shown = candidates
        .filter(({ loggedPosition }) => loggedPosition !== null)
        .toSorted((a, b) => (a.loggedPosition ?? 0) - (b.loggedPosition ?? 0));
      expect(shown.map(({ loggedPosition }) => loggedPosition)).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10]);
      if (candidates.every(({ loggedScore }) => loggedScore === 0)) uniform++;
      const left = new Set(candidates);
      for (const candidate of shown) {
        const sum = [...left].reduce((total, { loggedScore }) => total + Math.exp(loggedScore ?? 0), 0);
        expect(candidate.propensity).toBeCloseTo(Math.exp(candidate.loggedScore ?? 0) / sum, 9);
        left.delete(candidate);
      }
      for (const candidate of left) expect(candidate.propensity).toBeNull();
    }
    expect(uniform).toBeGreaterThan(0);
    expect(uniform).toBeLessThan(20);
    snapshot.close();
  });

  it('holds feedback for what was shown and nothing for the rest', () => {
    const snapshot = openSnapshot(made());
    const { candidates, feedback } = snapshot.request('3');
    const columns = snapshot.signals.length;
    for (const { ordinal, loggedPosition } of candidates) {
      const row = [...feedback.subarray(ordinal * columns, (ordinal + 1) * columns)];
      expect(row.every((value) => Number.isNaN(value) === (loggedPosition === null))).toBe(true);
    }
    snapshot.close();
  });

  it('marks items about as often as it says', () => {
    const snapshot = openSnapshot(made({ items: 20_000 }));
    const counts = new Map<string, number>();
    for (let id = 1; id <= 20_000; id++) {
      for (const label of snapshot.item(String(id)).labels) counts.set(label, (counts.get(label) ?? 0) + 1);
    }
    for (const { name, probability } of LABELS) {
      const expected = 20_000 * probability;
      expect(Math.abs((counts.get(name) ?? 0) - expected)).toBeLessThan(5 * Math.sqrt(expected));
    }
    snapshot.close();
  });

  it('offers every item of a world that is just large enough', () => {
    const snapshot = openSnapshot(made({ items: 25, users: 1 }));
    const offered = snapshot.request('1').candidates.map(({ item }) => Number(item.itemId));
    expect(offered.toSorted((a, b) => a - b)).toEqual(Array.from({ length: 25 }, (_, at) => at + 1));
    snapshot.close();
  });

  it.each([
    [{ requests: 0 }, '--requests must be at least 1, not 0.'],
    [{ items: 24 }, '--items 24 cannot fill a request of 25 candidates; say at least --items 25.'],
    [{ items: 30, stills: 31 }, '--stills 31 is more than the 30 items; say at most --stills 30.'],
    [{ createdAt: 'spring' }, '--created-at spring is not a date and time, such as 2026-03-02T00:00:00Z.'],
  ])('is refused for %o, with nothing left behind', (options, sentence) => {
    const path = join(newFolder(), 'made.sqlite');
    const all = { ...synthDefaults(60, 25), requests: 60, candidates: 25, seed: 5, ...options };
    expect(() => synthesise(path, all)).toThrow(sentence);
    expect(readdirSync(dirname(path))).toEqual([]);
  });
});
