/** The part of Markdown that papers use. Everything else stays plain text; no HTML ever comes out. */
export type Block = { line: number } & Content;

type Content =
  | { kind: 'heading'; level: number; text: string }
  | { kind: 'paragraph'; text: string }
  | { kind: 'list'; ordered: boolean; items: string[] }
  | { kind: 'table'; header: string[]; rows: string[][]; right: boolean[] }
  | { kind: 'code'; text: string }
  | { kind: 'quote'; text: string }
  | { kind: 'rule' };

/** `at` is where the part starts in its text; a block's `line` is where it starts in the source. */
export type Inline = { at: number } & (
  { kind: 'text' | 'strong' | 'em' | 'code'; text: string } | { kind: 'link'; text: string; url: string }
);

const HEADING = /^(#{1,6})\s+(.+?)\s*#*$/;
const ITEM = /^\s*(?:[-*+]|(\d+)[.)])\s+(.*)$/;
const TABLE_RULE = /^\s*\|?\s*:?-+:?\s*(?:\|\s*:?-+:?\s*)*\|?\s*$/;
const FENCE = /^\s*(```|~~~)/;
const RULE = /^\s*(?:-{3,}|\*{3,}|_{3,})\s*$/;

export function parseMarkdown(source: string): Block[] {
  const lines = source.replace(/\r\n?/g, '\n').split('\n');
  const blocks: Block[] = [];
  let at = 0;
  const line = () => lines[at] ?? '';
  while (at < lines.length) {
    const start = at;
    const add = (content: Content) => blocks.push({ line: start, ...content });
    const heading = HEADING.exec(line());
    if (line().trim() === '') at += 1;
    else if (heading !== null) {
      add({ kind: 'heading', level: heading[1]?.length ?? 1, text: heading[2] ?? '' });
      at += 1;
    } else if (FENCE.test(line())) {
      at += 1;
      const from = at;
      while (at < lines.length && !FENCE.test(line())) at += 1;
      add({ kind: 'code', text: lines.slice(from, at).join('\n') });
      at += 1;
    } else if (line().includes('|') && TABLE_RULE.test(lines[at + 1] ?? '')) {
      const header = cells(line());
      const right = cells(lines[at + 1] ?? '').map((rule) => rule.endsWith(':') && !rule.startsWith(':'));
      at += 2;
      const rows: string[][] = [];
      while (line().includes('|')) {
        rows.push(cells(line()));
        at += 1;
      }
      add({ kind: 'table', header, rows, right });
    } else if (RULE.test(line())) {
      add({ kind: 'rule' });
      at += 1;
    } else if (ITEM.test(line())) {
      const ordered = ITEM.exec(line())?.[1] !== undefined;
      const items: string[] = [];
      while (ITEM.test(line()) || (/^\s+\S/.test(line()) && items.length > 0)) {
        const item = ITEM.exec(line());
        if (item === null) items.push(`${items.pop() ?? ''} ${line().trim()}`);
        else items.push(item[2] ?? '');
        at += 1;
      }
      add({ kind: 'list', ordered, items });
    } else {
      const quote = line().startsWith('>');
      const text: string[] = [];
      while (
        line().trim() !== '' &&
        !startsBlock(line(), text.length > 0) &&
        line().startsWith('>') === quote
      ) {
        text.push(line().replace(/^>\s?/, '').trim());
        at += 1;
      }
      add({ kind: quote ? 'quote' : 'paragraph', text: text.join(' ') });
    }
  }
  return blocks;
}

const INLINE =
  /`(?<code>[^`]+)`|\*\*(?<strong>.+?)\*\*|(?<![\w*])[*_](?<em>[^\s*_](?:[^*_]*[^\s*_])?)[*_](?![\w*])|\[(?<label>[^\]]+)\]\((?<url>[^)\s]+)\)/g;

export function parseInline(text: string): Inline[] {
  const parts: Inline[] = [];
  let last = 0;
  for (const match of text.matchAll(INLINE)) {
    if (match.index > last) parts.push({ at: last, kind: 'text', text: text.slice(last, match.index) });
    const { code, strong, em, label, url } = match.groups ?? {};
    if (code !== undefined) parts.push({ at: match.index, kind: 'code', text: code });
    else if (strong !== undefined) parts.push({ at: match.index, kind: 'strong', text: strong });
    else if (em !== undefined) parts.push({ at: match.index, kind: 'em', text: em });
    else parts.push({ at: match.index, kind: 'link', text: label ?? '', url: url ?? '' });
    last = match.index + match[0].length;
  }
  if (last < text.length) parts.push({ at: last, kind: 'text', text: text.slice(last) });
  return parts;
}

function startsBlock(line: string, insideParagraph: boolean): boolean {
  if (!insideParagraph) return false;
  return HEADING.test(line) || FENCE.test(line) || ITEM.test(line) || RULE.test(line);
}

function cells(line: string): string[] {
  return line
    .trim()
    .replace(/^\||\|$/g, '')
    .split('|')
    .map((cell) => cell.trim());
}
