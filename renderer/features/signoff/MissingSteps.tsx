import { useRouter } from '@tanstack/react-router';
import type { ReleaseDetail } from '../../../shared/contract/releases.ts';
import type { SignoffDetail } from '../../../shared/contract/signoff.ts';
import css from './Document.module.css';

/** What is missing, each with the page that helps; a step of this page leads down to it. */
export function MissingSteps({
  release,
  steps,
}: {
  release: ReleaseDetail;
  steps: SignoffDetail['missing'];
}) {
  const router = useRouter();
  const here = `/signoff/${release.digest}`;
  const follow = (route: string) => {
    if (route === here)
      document.getElementById(document.getElementById('sign') === null ? 'freeze' : 'sign')?.focus();
    else router.history.push(route === '/replay' ? `/replay?candidate=${release.digest}` : route);
  };
  return (
    <ul className={css['steps']}>
      {steps.map(({ what, route }) => (
        <li key={what}>
          {route === null ? (
            what
          ) : (
            <a
              href={`#${route}`}
              onClick={(event) => {
                event.preventDefault();
                follow(route);
              }}
            >
              {what}
            </a>
          )}
        </li>
      ))}
    </ul>
  );
}
