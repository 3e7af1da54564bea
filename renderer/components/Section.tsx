import type { ReactNode } from 'react';
import css from './Section.module.css';

export function Section({ title, note, children }: { title: string; note?: ReactNode; children: ReactNode }) {
  return (
    <section className={css['section']} aria-label={title}>
      <div className={css['head']}>
        <h2 className={css['title']}>{title}</h2>
        {note !== undefined && <span className={css['note']}>{note}</span>}
      </div>
      {children}
    </section>
  );
}
