import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { ServiceHost } from '../../../electron/main/service-host.ts';
import { missingKeyStore } from '../../../electron/services/signoff/key-store.ts';

/** Services that answer, fail, speak up and die on demand. */
const SERVICES = `
import { parentPort, workerData } from 'node:worker_threads';
if (workerData.workspaceFolder === 'broken') parentPort.postMessage({ kind: 'failed', message: 'the workspace is newer' });
else parentPort.on('message', (message) => {
  if (message === 'close') process.exit(0);
  const { id, service, method, input, kind, answer: told } = message;
  if (kind === 'keyStore') return parentPort.postMessage({ kind: 'answer', id, answer: { ok: true, json: JSON.stringify(told) } });
  if (method === 'keyStore') return parentPort.postMessage({ kind: 'keyStore', id, what: input, text: 'secret' });
  if (method === 'crash') throw new Error('planted');
  if (method === 'leave') process.exit(0);
  if (method === 'hang') return;
  if (method === 'tell') parentPort.postMessage({ kind: 'event', name: 'data:changed', payload: ['jobs'] });
  const refused = { ok: false, error: { code: 'refused', message: 'not allowed' } };
  const answer = method === 'refuse' ? refused : { ok: true, json: JSON.stringify([service, method, input]) };
  parentPort.postMessage({ kind: 'answer', id, answer });
});
`;

let folder: string;
let host: ServiceHost | null = null;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'stateside-host-'));
  await writeFile(join(folder, 'services.mjs'), SERVICES);
});
afterEach(() => host?.close());
afterAll(() => rm(folder, { recursive: true }));

function started(workspaceFolder = 'any') {
  const event = vi.fn();
  const stopped = vi.fn();
  const services = join(folder, 'services.mjs');
  const opened = new ServiceHost(
    { workspaceFolder, sampleFolder: null, workerFiles: { services, replay: '', weights: '' } },
    { event, stopped, keyStore: missingKeyStore('this test has none') },
  );
  host = opened;
  opened.start();
  return { host: opened, event, stopped };
}

const echoed = (input: unknown) => ({ ok: true, json: JSON.stringify(['jobs', 'echo', input]) });

describe('the services thread', () => {
  it('is asked from the first moment on, and each call gets its own answer', async () => {
    const { host } = started();
    const answers = await Promise.all([1, 2, 3].map((input) => host.call('jobs', 'echo', input)));
    expect(answers).toEqual([1, 2, 3].map(echoed));
  });

  it('fails a call with its code and sentence', async () => {
    const error = { code: 'refused', message: 'not allowed' };
    expect(await started().host.call('jobs', 'refuse', null)).toEqual({ ok: false, error });
  });

  it('is heard when it speaks unasked', async () => {
    const { host, event } = started();
    await host.call('jobs', 'tell', null);
    expect(event).toHaveBeenCalledWith({ kind: 'event', name: 'data:changed', payload: ['jobs'] });
  });

  it.each(['crash', 'leave'])(
    'ends what waits for it when it dies (%s), tells once, and starts again',
    async (way) => {
      const { host, stopped } = started();
      const waiting = host.call('jobs', 'hang', null);
      const dying = host.call('jobs', way, null);
      for (const call of [waiting, dying, host.call('jobs', 'echo', 1)]) {
        expect(await call).toMatchObject({ ok: false, error: { code: 'cancelled' } });
      }
      await new Promise((resolve) => setTimeout(resolve, 100));
      expect(stopped).toHaveBeenCalledTimes(1);
      expect(stopped).toHaveBeenCalledWith('crashed', expect.any(String));
      host.start();
      expect(await host.call('jobs', 'echo', 2)).toEqual(echoed(2));
    },
  );

  it('says why it could not start', async () => {
    const { stopped } = started('broken');
    await vi.waitFor(() => expect(stopped).toHaveBeenCalledWith('failed', 'the workspace is newer'));
    expect(stopped).toHaveBeenCalledTimes(1);
  });

  it('lets the services use the system’s key store, which only the main process reaches', async () => {
    const { host } = started();
    expect(await host.call('roster', 'keyStore', 'describe')).toEqual({
      ok: true,
      json: JSON.stringify({ ok: true, value: { name: null, missingBecause: 'this test has none' } }),
    });
    const answer = await host.call('roster', 'keyStore', 'seal');
    expect(answer).toMatchObject({ ok: true, json: expect.stringContaining('"code":"refused"') });
  });

  it('goes on with another workspace, and what waited for the one before is told', async () => {
    const { host, stopped } = started();
    const waiting = host.call('jobs', 'hang', null);
    const services = join(folder, 'services.mjs');
    const start = { workspaceFolder: 'another', sampleFolder: null };
    await host.reopen({ ...start, workerFiles: { services, replay: '', weights: '' } });
    expect(await waiting).toMatchObject({ ok: false, error: { code: 'cancelled' } });
    expect(await host.call('jobs', 'echo', 3)).toEqual(echoed(3));
    expect(stopped).not.toHaveBeenCalled();
  });

  it('is closed without an alarm', async () => {
    const { host, stopped } = started();
    await host.call('jobs', 'echo', 1);
    await host.close();
    expect(stopped).not.toHaveBeenCalled();
  });
});
