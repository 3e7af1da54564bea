import { createHash } from 'node:crypto';
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Updater } from 'tuf-js';

/** Machines that serve a release: each trusts the first root it was given, and fetches by tuf-js over HTTP. */
export interface Fleet {
  /** A machine that trusts the root in `root` and fetches from the repository in `from`. */
  client(root: string, from: string): Updater;
  /** SHA-256 of a target that a fresh machine fetched; rejects where tuf-js refuses it. */
  fetch(root: string, from: string, target: string): Promise<string>;
  close(): void;
}

export async function openFleet(): Promise<Fleet> {
  const folder = mkdtempSync(join(tmpdir(), 'stateside-fleet-'));
  const served = new Map<string, string>();
  const server = createServer(({ url = '/' }, response) => {
    const [, key = '', ...rest] = decodeURIComponent(url).split('/');
    const path = join(served.get(key) ?? folder, ...rest);
    if (existsSync(path)) response.end(readFileSync(path));
    else response.writeHead(404).end();
  });
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  const at = server.address();
  const address = typeof at === 'object' && at !== null ? `http://127.0.0.1:${at.port}` : '';
  let machines = 0;
  const client = (root: string, from: string): Updater => {
    machines += 1;
    const [key, home] = [`r${machines}`, join(folder, `machine-${machines}`)];
    served.set(key, from);
    const targetDir = join(home, 'targets');
    mkdirSync(targetDir, { recursive: true });
    cpSync(root, join(home, 'root.json'));
    return new Updater({
      ...{ metadataDir: home, targetDir, config: { fetchRetries: 0 } },
      ...{ metadataBaseUrl: `${address}/${key}/metadata`, targetBaseUrl: `${address}/${key}/targets` },
    });
  };
  return {
    client,
    fetch: async (root, from, target) => {
      const updater = client(root, from);
      await updater.refresh();
      const info = await updater.getTargetInfo(target);
      if (info === undefined) throw new Error('no such target');
      const file = await updater.downloadTarget(info);
      return createHash('sha256').update(readFileSync(file)).digest('hex');
    },
    close: () => {
      server.close();
      rmSync(folder, { recursive: true });
    },
  };
}
