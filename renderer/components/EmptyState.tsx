import type { ReactNode } from 'react';
import css from './States.module.css';

/** Says what belongs here and offers the first step. */
export function EmptyState({
  title,
  children,
  action,
}: {
  title: string;
  children: ReactNode;
  action?: ReactNode;
}) {
  return (
    <div className={css['state']}>
      <p className={css['title']}>{title}</p>
      <p className={css['text']}>{children}</p>
      {action !== undefined && <div className={css['actions']}>{action}</div>}
    </div>
  );
}
