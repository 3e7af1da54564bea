import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { actionWords, subjectWords } from '../../../renderer/features/audit/words.ts';

const SERVICES = join(import.meta.dirname, '../../../electron/services');

it('says in words every action that the services write', () => {
  const sources = readdirSync(SERVICES, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.ts'))
    .map((name) => readFileSync(join(SERVICES, name), 'utf8'))
    .join('\n');
  const written = Array.from(
    sources.matchAll(/\baction: '([a-z-]+\.[a-z.-]+)'/g),
    ([, action]) => action ?? '',
  );
  const actions = new Set(written);
  expect(actions.size).toBeGreaterThan(20);
  expect([...actions].filter((action) => actionWords(action) === action)).toEqual([]);
});

it('cuts a digest short, whichever way it is written, and calls what has a name by it', () => {
  const digest = Buffer.alloc(32, 0xab);
  const named = new Map([['a1', { name: 'November', route: null }]]);
  expect(subjectWords(digest.toString('hex'), named)).toBe('abababab');
  expect(subjectWords(digest.toString('base64'), named)).toBe('abababab');
  expect(subjectWords('a1', named)).toBe('November');
  expect(subjectWords('gates revision 2', named)).toBe('gates revision 2');
});
