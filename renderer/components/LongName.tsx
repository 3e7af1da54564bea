import css from './LongName.module.css';

const TAIL = 22;

/** A name on one line that gives way in its middle, because long names differ at their ends. `title`: shown on hover. */
export function LongName({ name, title = name }: { name: string; title?: string }) {
  if (name.length <= 2 * TAIL) return <span title={title}>{name}</span>;
  return (
    <span className={css['name']} title={title}>
      <span className={css['head']}>{name.slice(0, -TAIL)}</span>
      <span>{name.slice(-TAIL)}</span>
    </span>
  );
}
