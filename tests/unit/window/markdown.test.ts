import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { parseInline, parseMarkdown } from '../../../renderer/components/markdown/parse.ts';

describe('the Markdown of papers', () => {
  test('headings, paragraphs, lists, tables, code and quotes are told apart', () => {
    const source = [
      '# Card',
      '',
      'Two lines',
      'of one paragraph.',
      '',
      '- one',
      '- two',
      '  goes on',
      '1. first',
      '',
      '| head | AUC |',
      '|---|---:|',
      '| like | 0.71 |',
      '',
      '```',
      '# no heading',
      '```',
      '> said',
      '---',
    ].join('\n');
    expect(parseMarkdown(source)).toMatchObject([
      { kind: 'heading', level: 1, text: 'Card' },
      { kind: 'paragraph', text: 'Two lines of one paragraph.' },
      { kind: 'list', ordered: false, items: ['one', 'two goes on', 'first'] },
      { kind: 'table', header: ['head', 'AUC'], rows: [['like', '0.71']], right: [false, true] },
      { kind: 'code', text: '# no heading' },
      { kind: 'quote', text: 'said' },
      { kind: 'rule' },
    ]);
  });

  test('marks inside a line are told apart, and a name_with_underscores is plain text', () => {
    expect(parseInline('`a` **b** *c* [d](e) long_view_rate').map(({ kind, text }) => [kind, text])).toEqual([
      ['code', 'a'],
      ['text', ' '],
      ['strong', 'b'],
      ['text', ' '],
      ['em', 'c'],
      ['text', ' '],
      ['link', 'd'],
      ['text', ' long_view_rate'],
    ]);
  });

  test('HTML stays text', () => {
    expect(parseMarkdown('<script>alert(1)</script>')).toEqual([
      { line: 0, kind: 'paragraph', text: '<script>alert(1)</script>' },
    ]);
  });

  test('any text is read to its end, each block once', () => {
    const line = fc.oneof(
      fc.string(),
      fc.constantFrom('# a', '- b', '1. c', '|a|b|', '|-|-|', '```', '> d', '---', '', '  x', '>', '#'),
    );
    fc.assert(
      fc.property(fc.array(line), (lines) => {
        const starts = parseMarkdown(lines.join('\n')).map(({ line }) => line);
        expect(new Set(starts).size).toBe(starts.length);
      }),
    );
  });
});
