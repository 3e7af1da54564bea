import { setTimeout } from 'node:timers/promises';
import { StatesideError } from '../../shared/domain/error.ts';
import { createWindow, loadRoute } from './window.ts';

const PATIENCE_MS = 20_000;
const GLANCE_MS = 50;

/** Prints a route of the window as PDF, once its page says that it is complete (`<body data-ready="true">`). */
export async function printRoute(route: string): Promise<Uint8Array> {
  const window = createWindow({ width: 1000, height: 1300, backgroundColor: '#ffffff' }, false);
  try {
    await loadRoute(window, `${route}${route.includes('?') ? '&' : '?'}print=1`);
    const deadline = performance.now() + PATIENCE_MS;
    while ((await window.webContents.executeJavaScript('document.body.dataset.ready')) !== 'true') {
      if (performance.now() > deadline) {
        throw new StatesideError(
          'internal',
          `the page ${route} was not ready for printing after ${PATIENCE_MS / 1000} s`,
        );
      }
      await setTimeout(GLANCE_MS);
    }
    return await window.webContents.printToPDF({
      pageSize: 'Letter',
      printBackground: true,
      preferCSSPageSize: true,
    });
  } finally {
    window.destroy();
  }
}
