import { describe, expect, it } from 'vitest';
import { readCommandLine } from '../../../electron/main/command-line.ts';

describe('what the installed app was started with', () => {
  it('opens the window on the sample when nothing is named', () => {
    expect(readCommandLine([], false)).toEqual({ command: null, workspace: null });
  });

  it('opens the window on a named workspace', () => {
    expect(readCommandLine(['--workspace', '/team/us'], false)).toEqual({
      command: null,
      workspace: '/team/us',
    });
    expect(readCommandLine(['--workspace=/team/us'], false)).toEqual({
      command: null,
      workspace: '/team/us',
    });
  });

  it('takes the flags of Chromium for no command', () => {
    const flags = ['--no-sandbox', '--user-data-dir=/tmp/x', '--remote-debugging-port=0'];
    expect(readCommandLine(flags, false)).toEqual({ command: null, workspace: null });
  });

  it('runs a command with everything that follows it', () => {
    const args = ['--no-sandbox', 'snapshot', 'info', 'a.sqlite', '--json'];
    expect(readCommandLine(args, false).command).toEqual(['snapshot', 'info', 'a.sqlite', '--json']);
  });

  it('keeps flags of the command line that stand in front', () => {
    expect(readCommandLine(['--json', 'demo'], false).command).toEqual(['--json', 'demo']);
    expect(readCommandLine(['--version'], false).command).toEqual(['--version']);
    expect(readCommandLine(['-h'], false).command).toEqual(['-h']);
  });
});

describe('what a checkout was started with', () => {
  it('does not take the app folder for a command', () => {
    expect(readCommandLine(['--no-sandbox', '/work/stateside'], true)).toEqual({
      command: null,
      workspace: null,
    });
    expect(readCommandLine(['.', 'demo'], true).command).toEqual(['demo']);
  });

  it('does not take the value of an option for a command', () => {
    expect(readCommandLine(['-r', 'loader.js', '.', '--workspace', 'w'], true)).toEqual({
      command: null,
      workspace: 'w',
    });
  });
});
