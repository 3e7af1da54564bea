import css from './KeyHint.module.css';

/** Keys as printed on a keyboard. */
export function KeyHint({ keys }: { keys: readonly string[] }) {
  return (
    <span className={css['hint']}>
      {keys.map((key) => (
        <kbd key={key} className={css['key']}>
          {key}
        </kbd>
      ))}
    </span>
  );
}
