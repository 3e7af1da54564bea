import { Outlet } from '@tanstack/react-router';
import { DropTarget } from './DropTarget.tsx';
import { OpeningNotice } from './OpeningNotice.tsx';
import css from './Frame.module.css';
import { JobTray } from './JobTray.tsx';
import { KeySheet } from './KeySheet.tsx';
import { Palette } from './Palette.tsx';
import { Rail } from './Rail.tsx';
import { RuntimeNotice } from './RuntimeNotice.tsx';
import { TopBar } from './TopBar.tsx';
import { useGoTo } from './use-go-to.ts';

/** Everything around a page. */
export function Frame() {
  useGoTo();
  return (
    <div className={css['frame']}>
      <a className={css['skip']} href="#main" onClick={skipToPage}>
        Skip to the page
      </a>
      <Rail />
      <div>
        <TopBar />
        <RuntimeNotice />
        <OpeningNotice />
      </div>
      <main id="main" className={css['main']} tabIndex={-1}>
        <Outlet />
      </main>
      <JobTray />
      <Palette />
      <KeySheet />
      <DropTarget />
    </div>
  );
}

function skipToPage(event: { preventDefault(): void }): void {
  event.preventDefault();
  document.getElementById('main')?.focus();
}
