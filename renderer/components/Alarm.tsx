import type { ReactNode } from 'react';
import css from './Alarm.module.css';
import { Mark } from './Mark.tsx';

/** What must not be overlooked and cannot be put away, as loud as the window can be. */
export function Alarm({ title, children }: { title: string; children: ReactNode }) {
  return (
    <div className={css['alarm']} role="alert">
      <Mark tone="fail" shape="cross">
        {title}
      </Mark>
      {children}
    </div>
  );
}
