import { KeyHint } from './KeyHint.tsx';
import css from './KeyList.module.css';

export function KeyList({
  title,
  keys,
}: {
  title: string;
  keys: readonly { keys: readonly string[]; does: string }[];
}) {
  return (
    <>
      <h3 className={css['title']}>{title}</h3>
      <dl className={css['list']}>
        {keys.map(({ keys, does }) => (
          <div key={keys.join(' ')} className={css['line']}>
            <dt>{does}</dt>
            <dd>
              <KeyHint keys={keys} />
            </dd>
          </div>
        ))}
      </dl>
    </>
  );
}
