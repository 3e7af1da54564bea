import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { runCli } from '../../../electron/cli/program.ts';

let [out, err] = ['', ''];
beforeEach(() => {
  [out, err] = ['', ''];
  vi.spyOn(process.stdout, 'write').mockImplementation((text) => ((out += String(text)), true));
  vi.spyOn(process.stderr, 'write').mockImplementation((text) => ((err += String(text)), true));
});
afterEach(() => vi.restoreAllMocks());

describe('a command line that is no command', () => {
  it.each([
    [[], 'stateside needs a command; stateside --help lists them.'],
    [['--json'], 'stateside needs a command; stateside --help lists them.'],
    [['snapshot'], 'stateside snapshot needs a command; stateside snapshot --help lists them.'],
    [['--json', 'log'], 'stateside log needs a command; stateside log --help lists them.'],
    [['help', 'lgo'], 'stateside has no command lgo; stateside --help lists them.'],
    [['key', 'nwe'], "unknown command 'nwe' (Did you mean new?)"],
    [['snapshot', 'info'], "missing required argument 'file'"],
  ])('%j is answered in one line', async (args, sentence) => {
    expect([await runCli(args), out, err]).toEqual([2, '', `stateside: ${sentence}\n`]);
  });
});

it.each([[['--help']], [['help']], [['snapshot', '--help']], [['snapshot', 'help']], [['help', 'log']]])(
  '%j prints the usage as what was asked for',
  async (args) => {
    expect([await runCli(args), err]).toEqual([0, '']);
    expect(out).toMatch(/^Usage: stateside /);
  },
);
