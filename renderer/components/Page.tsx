import type { ReactNode } from 'react';
import css from './Page.module.css';

/** One page: a title with what matters beside it, actions at the right, and the body. */
export function Page({
  title,
  lead,
  actions,
  fill = false,
  children,
}: {
  title: string;
  lead?: ReactNode;
  actions?: ReactNode;
  /** The body takes the height that is left and scrolls inside itself. */
  fill?: boolean;
  children: ReactNode;
}) {
  return (
    <div className={css['page']}>
      <header className={css['head']}>
        <div className={css['headText']}>
          <h1 className={css['title']} title={title}>
            {title}
          </h1>
          {lead !== undefined && <div className={css['lead']}>{lead}</div>}
        </div>
        {actions !== undefined && <div className={css['actions']}>{actions}</div>}
      </header>
      {fill ? (
        <div className={css['fill']}>{children}</div>
      ) : (
        <div className={css['body']} tabIndex={0} role="region" aria-label={title}>
          {children}
        </div>
      )}
    </div>
  );
}
