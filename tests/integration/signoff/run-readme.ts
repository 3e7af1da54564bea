import { execFileSync, spawn } from 'node:child_process';
import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { PackageFiles } from '../../../electron/services/signoff/package/package-zip.ts';

export interface Ran {
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/**
 * Unpacks the package under `folder` and runs the commands of its README as they stand, with nothing but the tools it
 * names. `env`: what an auditor sets before.
 */
export function runReadme(
  folder: string,
  packed: PackageFiles,
  name: string,
  env: Readonly<Record<string, string>> = {},
): Promise<Ran> {
  const [unpacked, tools] = [join(folder, name), join(folder, `${name}-tools`)];
  for (const [path, text] of packed) {
    mkdirSync(dirname(join(unpacked, path)), { recursive: true });
    writeFileSync(join(unpacked, path), text);
  }
  mkdirSync(tools);
  for (const tool of ['bash', 'openssl', 'sha256sum', 'base64', 'jq'])
    symlinkSync(execFileSync('which', [tool], { encoding: 'utf8' }).trim(), join(tools, tool));
  const commands = [...(packed.get('README.md') ?? '').matchAll(/^```bash\n([^]*?)^```$/gm)].map(
    ([, text]) => text,
  );
  const script = join(folder, `${name}.sh`);
  writeFileSync(script, commands.join('\n'));
  const child = spawn('bash', [script], { cwd: unpacked, env: { PATH: tools, ...env } });
  let [stdout, stderr] = ['', ''];
  child.stdout.on('data', (chunk) => (stdout += String(chunk)));
  child.stderr.on('data', (chunk) => (stderr += String(chunk)));
  return new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (status) => resolve({ status, stdout, stderr }));
  });
}
