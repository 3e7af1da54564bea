import { execFileSync, spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync, cpSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';

const root = join(import.meta.dirname, '..', '..');
const cruiser = join(root, 'node_modules', '.bin', 'depcruise');

const Cruise = z.object({
  summary: z.object({
    totalCruised: z.number(),
    violations: z.array(z.object({ from: z.string(), rule: z.object({ name: z.string() }) })),
  }),
});

function cruise(folder: string, paths: readonly string[]) {
  const { stdout } = spawnSync(
    cruiser,
    ['--config', '.dependency-cruiser.mjs', '--output-type', 'json', ...paths],
    {
      cwd: folder,
      encoding: 'utf8',
      maxBuffer: 64 * 1024 * 1024,
    },
  );
  return Cruise.parse(JSON.parse(stdout)).summary;
}

describe('the walls between the parts', () => {
  it('stand in the whole tree, and the tool really read it', () => {
    const tracked = execFileSync('git', ['ls-files', 'shared', 'electron', 'renderer'], {
      cwd: root,
      encoding: 'utf8',
    });
    const sources = tracked.split('\n').filter((file) => /\.tsx?$/.test(file)).length;
    const summary = cruise(root, ['shared', 'electron', 'renderer']);
    expect(summary.violations).toEqual([]);
    expect(summary.totalCruised).toBeGreaterThanOrEqual(sources);
  }, 120_000);
});

describe('a planted violation is refused', () => {
  let folder: string;
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'stateside-walls-'));
    cpSync(join(root, '.dependency-cruiser.mjs'), join(folder, '.dependency-cruiser.mjs'));
    writeFileSync(
      join(folder, 'package.json'),
      '{"type":"module","dependencies":{"electron":"*","react":"*","zod":"*"}}',
    );
    symlinkSync(join(root, 'node_modules'), join(folder, 'node_modules'));
    const target = 'export const value = 1;\n';
    for (const file of [
      'shared/contract/t',
      'shared/domain/t',
      'renderer/t',
      'electron/main/t',
      'electron/cli/t',
      'electron/services/t',
    ])
      plant(`${file}.ts`, target);
  });
  afterAll(() => {
    rmSync(folder, { recursive: true, force: true });
  });

  function plant(file: string, text: string) {
    mkdirSync(dirname(join(folder, file)), { recursive: true });
    writeFileSync(join(folder, file), text);
  }

  it.each([
    ['renderer/plant.ts', '../electron/main/t.ts', 'renderer-imports-shared-only'],
    ['renderer/plant.ts', 'node:fs', 'renderer-uses-no-node'],
    ['electron/preload/plant.ts', '../main/t.ts', 'preload-imports-shared-only'],
    ['electron/services/plant.ts', '../../renderer/t.ts', 'electron-never-imports-renderer'],
    ['shared/contract/plant.ts', '../../electron/main/t.ts', 'shared-imports-shared-only'],
    ['shared/domain/plant.ts', '../contract/t.ts', 'domain-imports-domain-only'],
    ['shared/domain/plant.ts', 'node:crypto', 'domain-uses-no-node'],
    ['shared/domain/plant.ts', 'react', 'domain-uses-pure-packages'],
    ['electron/services/plant.ts', 'electron', 'services-run-without-electron'],
    ['electron/database/plant.ts', 'electron', 'services-run-without-electron'],
    ['electron/workers/plant.ts', '../main/t.ts', 'only-main-composes'],
    ['electron/services/plant.ts', '../cli/t.ts', 'services-do-not-know-the-command-line'],
    ['electron/database/plant.ts', '../services/t.ts', 'database-does-not-know-services'],
    ['electron/main/plant.ts', './nowhere.ts', 'resolvable'],
  ])(
    '%s importing %s breaks "%s"',
    (file, imported, rule) => {
      plant(file, `import { value } from '${imported}';\nexport const planted = value;\n`);
      const rules = cruise(folder, ['shared', 'electron', 'renderer']).violations.map(
        (violation) => violation.rule.name,
      );
      rmSync(join(folder, file));
      expect(rules).toContain(rule);
    },
    60_000,
  );
});
