import { writeFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { screen, type BrowserWindow, type Rectangle } from 'electron';
import { z } from 'zod';

const WindowState = z.object({
  x: z.int(),
  y: z.int(),
  width: z.int().min(800).max(20_000),
  height: z.int().min(500).max(20_000),
  maximized: z.boolean(),
});
export type WindowState = z.infer<typeof WindowState>;

/** How the window stood when it was last closed; null when unknown, damaged or off every screen. */
export async function readWindowState(path: string): Promise<WindowState | null> {
  try {
    const state = WindowState.parse(JSON.parse(await readFile(path, 'utf8')));
    return screen.getAllDisplays().some(({ workArea }) => overlaps(workArea, state)) ? state : null;
  } catch {
    return null;
  }
}

/** Remembers how the window stands when it closes, at once, since the app may end right after. */
export function rememberWindowState(
  window: BrowserWindow,
  path: string,
  onError: (error: unknown) => void,
): void {
  window.on('close', () => {
    const state: WindowState = { ...window.getNormalBounds(), maximized: window.isMaximized() };
    try {
      writeFileSync(path, JSON.stringify(state));
    } catch (error) {
      onError(error);
    }
  });
}

function overlaps(area: Rectangle, bounds: Rectangle): boolean {
  const width = Math.min(area.x + area.width, bounds.x + bounds.width) - Math.max(area.x, bounds.x);
  const height = Math.min(area.y + area.height, bounds.y + bounds.height) - Math.max(area.y, bounds.y);
  return width >= 100 && height >= 100;
}
