import type { ReactNode } from 'react';
import css from './Document.module.css';

/** One part of the document, its name in the margin. */
export function Article({ title, id, children }: { title: string; id?: string; children: ReactNode }) {
  return (
    <section className={css['article']} id={id} aria-label={title}>
      <h3>{title}</h3>
      <div>{children}</div>
    </section>
  );
}
