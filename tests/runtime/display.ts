import { spawn } from 'node:child_process';
import { needPrograms } from './debian.ts';

export interface Display {
  /** To be added to the environment of what draws. */
  readonly env: Record<string, string>;
  close(): void;
}

export function hasDisplay(): boolean {
  return process.platform !== 'linux' || Boolean(process.env['DISPLAY'] ?? process.env['WAYLAND_DISPLAY']);
}

/** The display that is there, else a virtual one of its own. */
export async function openDisplay(): Promise<Display> {
  if (hasDisplay()) return { env: {}, close: () => undefined };
  await needPrograms(['Xvfb'], 'for windows without a screen');
  const args = ['-displayfd', '3', '-screen', '0', '1600x1000x24', '-nolisten', 'tcp'];
  const server = spawn('Xvfb', args, { stdio: ['ignore', 'ignore', 'ignore', 'pipe'] });
  const number = await new Promise<string>((resolve, reject) => {
    server.stdio[3]?.once('data', (data: Buffer) => resolve(data.toString().trim()));
    server.once('error', reject);
    server.once('exit', (code) =>
      reject(new Error(`Xvfb ended with exit code ${code} before it had a display`)),
    );
  });
  server.unref();
  return { env: { DISPLAY: `:${number}` }, close: () => server.kill() };
}
