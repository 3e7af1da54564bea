import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Worker } from 'node:worker_threads';
import { describe, expect, onTestFinished, test } from 'vitest';
import type { ServiceCall, ServiceMessage, ServicesStart } from '../../../electron/workers/protocol.ts';
import { foundWorkspace } from '../../../electron/database/workspace/found.ts';
import { testFolder } from '../../fixtures/replay/folder.ts';
import { replayWorker } from '../../fixtures/replay/made.ts';
import { gatesFile } from '../../fixtures/replay/services.ts';

const services = fileURLToPath(new URL('../../../electron/workers/services.ts', import.meta.url));

/** The services thread as the main process starts it. */
function host(start: Pick<ServicesStart, 'workspaceFolder' | 'sampleFolder'>): Worker {
  const worker = new Worker(services, {
    workerData: { ...start, workerFiles: { services, replay: replayWorker, weights: '' } },
  });
  onTestFinished(async () => {
    await worker.terminate();
  });
  return worker;
}

async function first(worker: Worker): Promise<ServiceMessage> {
  const [message]: ServiceMessage[] = await once(worker, 'message');
  return message ?? { kind: 'failed', message: 'nothing' };
}

/** The first message but for how far the opening is. */
async function opened(worker: Worker): Promise<ServiceMessage> {
  const message = await first(worker);
  return message.kind === 'event' && message.name === 'shell:opening' ? opened(worker) : message;
}

/** The envelope that answers a call, its value as it was packed. */
async function call(worker: Worker, request: ServiceCall): Promise<unknown> {
  worker.postMessage(request);
  for (;;) {
    const message = await first(worker);
    if (message.kind !== 'answer' || message.id !== request.id) continue;
    const { answer } = message;
    if ('json' in answer) return { ok: true, value: JSON.parse(answer.json) };
    return answer;
  }
}

async function ready(): Promise<Worker> {
  const workspaceFolder = join(testFolder(), 'team');
  (await foundWorkspace(workspaceFolder, { name: 'Team', sample: false, gatesFile })).close();
  const worker = host({ workspaceFolder, sampleFolder: null });
  expect(await opened(worker)).toEqual({ kind: 'ready' });
  return worker;
}

describe('the services thread', () => {
  test('answers calls in envelopes', async () => {
    const worker = await ready();
    expect(await call(worker, { id: 1, service: 'releases', method: 'list', input: undefined })).toEqual({
      ok: true,
      value: [],
    });
    expect(
      await call(worker, { id: 2, service: 'releases', method: 'get', input: { digest: 'x' } }),
    ).toMatchObject({
      ok: false,
      error: { code: 'not_found', message: expect.stringContaining('holds no release x') },
    });
  });

  test.each([
    ['shell', 'about', undefined],
    ['releases', 'nothing', undefined],
    ['releases', 'constructor', undefined],
    ['__proto__', 'toString', undefined],
    ['jobs', 'start', {}],
    ['jobs', 'close', undefined],
    ['releases', 'get', { digest: 5 }],
    ['replay', 'requests', {}],
  ])('refuses the call %s:%s with %o', async (service, method, input) => {
    expect(await call(await ready(), { id: 1, service, method, input })).toMatchObject({
      ok: false,
      error: { code: 'usage' },
    });
  });

  test('says in a sentence why it cannot start', async () => {
    const workspaceFolder = join(testFolder(), 'none');
    expect(await first(host({ workspaceFolder, sampleFolder: null }))).toMatchObject({
      kind: 'failed',
      message: expect.stringContaining('does not exist'),
    });
    expect(existsSync(workspaceFolder)).toBe(false);
  });

  test('founds the sample where there is no workspace yet', async () => {
    const sampleFolder = join(import.meta.dirname, '../../../resources/sample');
    const worker = host({ workspaceFolder: join(testFolder(), 'sample'), sampleFolder });
    expect(await first(worker)).toEqual({ kind: 'ready' });
    expect(
      await call(worker, { id: 1, service: 'workspace', method: 'overview', input: undefined }),
    ).toMatchObject({
      ok: true,
      value: { workspace: { sample: true }, production: { release: { state: 'in production' } } },
    });
  });
});
