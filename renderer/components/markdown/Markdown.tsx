import { Table } from '../Table.tsx';
import css from './Markdown.module.css';
import { parseInline, parseMarkdown, type Block } from './parse.ts';

/** Markdown as elements of ours: no HTML passes through and links lead nowhere, they only show where they point. */
export function Markdown({ source }: { source: string }) {
  return (
    <div className={css['markdown']}>
      {parseMarkdown(source).map((block) => (
        <BlockView key={block.line} block={block} />
      ))}
    </div>
  );
}

const TAGS = { heading: 'h3', paragraph: 'p', quote: 'blockquote' } as const;

function BlockView({ block }: { block: Block }) {
  if (block.kind === 'table') return <TableBlock block={block} />;
  if (block.kind === 'rule') return <hr className={css['rule']} />;
  if (block.kind === 'code') return <pre className={css['code']}>{block.text}</pre>;
  if (block.kind === 'list') {
    const List = block.ordered ? 'ol' : 'ul';
    return (
      <List>
        {block.items.map((item) => (
          <li key={item}>
            <Line text={item} />
          </li>
        ))}
      </List>
    );
  }
  const Part = TAGS[block.kind];
  return (
    <Part className={block.kind === 'quote' ? css['quote'] : undefined}>
      <Line text={block.text} />
    </Part>
  );
}

function TableBlock({ block }: { block: Extract<Block, { kind: 'table' }> }) {
  return (
    <Table
      label="Table"
      rows={block.rows}
      rowKey={(row) => row.join('|')}
      columns={block.header.map((name, index) => ({
        name,
        right: block.right[index] === true,
        render: (row: string[]) => <Line text={row[index] ?? ''} />,
      }))}
    />
  );
}

function Line({ text }: { text: string }) {
  return parseInline(text).map((part) => {
    if (part.kind === 'text') return part.text;
    if (part.kind === 'link') {
      return (
        <span key={part.at}>
          {part.text} <span className="quiet">({part.url})</span>
        </span>
      );
    }
    const Tag = part.kind;
    return <Tag key={part.at}>{part.text}</Tag>;
  });
}
