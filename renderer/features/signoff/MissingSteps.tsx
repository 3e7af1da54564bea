import { useRouter } from '@tanstack/react-router';
import type { ReleaseRow } from '../../../shared/contract/releases.ts';
import type { SignoffDetail } from '../../../shared/contract/signoff.ts';
import { RouteLink } from '../../components/RouteLink.tsx';
import css from './Document.module.css';

/** What is missing for a release, each with the page that helps; on its own page a step leads down to where it is done. */
export function MissingSteps({
  release,
  steps,
  className = css['steps'],
}: {
  release: Pick<ReleaseRow, 'digest'>;
  steps: SignoffDetail['missing'];
  className?: string | undefined;
}) {
  const router = useRouter();
  const follow = (route: string) => {
    if (route === router.state.location.pathname)
      document.getElementById(document.getElementById('sign') === null ? 'freeze' : 'sign')?.focus();
    else router.history.push(route === '/replay' ? `/replay?candidate=${release.digest}` : route);
  };
  return (
    <ul className={className} aria-label="Missing">
      {steps.map(({ what, route }) => (
        <li key={what}>
          {route === null ? (
            what
          ) : (
            <RouteLink route={route} onFollow={() => follow(route)}>
              {what}
            </RouteLink>
          )}
        </li>
      ))}
    </ul>
  );
}
