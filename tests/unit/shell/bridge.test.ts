import { beforeEach, describe, expect, it, vi } from 'vitest';
import { contract } from '../../../shared/contract/index.ts';

const ipcRenderer = vi.hoisted(() => ({ invoke: vi.fn(), on: vi.fn(), off: vi.fn() }));
vi.mock('electron', () => ({ ipcRenderer, webUtils: { getPathForFile: () => '/dropped/bundle.zip' } }));
const { bridge } = await import('../../../electron/preload/bridge.ts');

beforeEach(() => {
  vi.clearAllMocks();
  ipcRenderer.invoke.mockResolvedValue({ ok: true, json: '[]' });
});

describe('the bridge of the window', () => {
  it('has every channel of the contract and no other', () => {
    const { on, pathOf, ...services } = bridge;
    const methods = (side: object) =>
      Object.entries(side).map(([name, channels]) => [name, Object.keys(channels).toSorted()]);
    expect(methods(services)).toEqual(methods(contract));
    expect([typeof on, typeof pathOf]).toEqual(['function', 'function']);
  });

  it('calls each method on the channel of its own name', () => {
    const input = { some: 'input' };
    for (const [service, channels] of Object.entries(contract)) {
      for (const method of Object.keys(channels)) {
        Reflect.apply(Reflect.get(Reflect.get(bridge, service), method), undefined, [input]);
        expect(ipcRenderer.invoke).toHaveBeenLastCalledWith(`${service}:${method}`, input);
      }
    }
  });

  it('opens what comes packed and leaves the rest as it is', async () => {
    expect(await bridge.jobs.list()).toEqual({ ok: true, value: [] });
    for (const plain of [
      { ok: true, value: { mime: 'image/png', bytes: new Uint8Array([1]) } },
      { ok: false, error: { code: 'refused', message: 'not allowed' } },
    ]) {
      ipcRenderer.invoke.mockResolvedValueOnce(plain);
      expect(await bridge.snapshots.still({ digest: '', itemId: '' })).toBe(plain);
    }
  });

  it('hands over the payload of an event and never the event, until it is told to stop', () => {
    const heard = vi.fn();
    const stop = bridge.on('shell:go', heard);
    const relay = ipcRenderer.on.mock.calls[0]?.[1];
    relay({ sender: 'ipcRenderer' }, '/log');
    expect(heard.mock.calls).toEqual([['/log']]);
    stop();
    expect(ipcRenderer.off).toHaveBeenCalledWith('shell:go', relay);
  });

  it('knows the path of a dropped file and of nothing else', () => {
    expect(bridge.pathOf(new File([], 'bundle.zip'))).toBe('/dropped/bundle.zip');
    expect(bridge.pathOf({ path: '/etc/passwd' })).toBe('');
  });
});
