import { existsSync, readdirSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { expect, test } from '@playwright/test';
import { launchApp } from './app.ts';

test('the app closed while it founds the sample ends by itself, and leaves no half of a workspace', async () => {
  const userData = await mkdtemp(join(tmpdir(), 'stateside-closing-'));
  for (const wait of [0, 400]) {
    const app = await launchApp({ userData, foundsSample: true });
    const main = app.electron.process();
    await setTimeout(wait);
    await app.close();
    expect([main.exitCode, main.signalCode]).toEqual([0, null]);
    const left = readdirSync(userData).filter((name) => name.startsWith('Sample workspace'));
    expect(left.every((name) => existsSync(join(userData, name, 'workspace.sqlite')))).toBe(true);
    await rm(join(userData, 'Sample workspace'), { recursive: true, force: true });
  }
  await rm(userData, { recursive: true, force: true });
});
