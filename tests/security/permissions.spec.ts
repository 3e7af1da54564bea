import { expect, test } from '@playwright/test';
import { launchApp, type RunningApp } from '../e2e/app.ts';

let app: RunningApp;
test.beforeAll(async () => {
  app = await launchApp();
});
test.afterAll(() => app.close());

test('the window is granted no permission', async () => {
  const states = await app.page.evaluate(async () => {
    const names: string[] = [
      'geolocation',
      'notifications',
      'camera',
      'microphone',
      'clipboard-read',
      'clipboard-write',
      'midi',
    ];
    const query = (name: string) =>
      Reflect.apply(navigator.permissions.query, navigator.permissions, [{ name }]);
    return Promise.all(names.map(async (name) => [name, (await query(name)).state]));
  });
  expect(states.length).toBe(7);
  for (const [name, state] of states) expect(`${name}: ${state}`).toBe(`${name}: denied`);
});

test('asking for one is denied', async () => {
  const outcome = await app.page.evaluate(async () => {
    const tried = async (attempt: () => Promise<unknown>) =>
      attempt().then(
        (value) => `granted ${String(value)}`,
        () => 'denied',
      );
    return {
      camera: await tried(() => navigator.mediaDevices.getUserMedia({ video: true })),
      microphone: await tried(() => navigator.mediaDevices.getUserMedia({ audio: true })),
      screen: await tried(() => navigator.mediaDevices.getDisplayMedia()),
      place: await tried(
        () => new Promise((resolve, reject) => navigator.geolocation.getCurrentPosition(resolve, reject)),
      ),
      clipboard: await tried(() => navigator.clipboard.readText()),
      notification: await Notification.requestPermission(),
    };
  });
  expect(outcome).toEqual({
    camera: 'denied',
    microphone: 'denied',
    screen: 'denied',
    place: 'denied',
    clipboard: 'denied',
    notification: 'denied',
  });
});

test('devices are out of reach', async () => {
  const outcome = await app.page.evaluate(async () => {
    const found: string[] = [];
    for (const name of ['usb', 'hid', 'serial', 'bluetooth']) {
      const api: unknown = Reflect.get(navigator, name);
      if (
        typeof api !== 'object' ||
        api === null ||
        !('getDevices' in api) ||
        typeof api.getDevices !== 'function'
      )
        continue;
      const devices: unknown = await Reflect.apply(api.getDevices, api, []).catch(() => []);
      if (Array.isArray(devices) && devices.length > 0) found.push(name);
    }
    return found;
  });
  expect(outcome).toEqual([]);
});
