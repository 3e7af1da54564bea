import css from './Code.module.css';

/** Text exactly as it is in a file. */
export function Code({ label, text }: { label: string; text: string }) {
  return (
    <pre className={css['code']} tabIndex={0} aria-label={label}>
      {text}
    </pre>
  );
}
