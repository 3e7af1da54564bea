import { useRouter } from '@tanstack/react-router';
import type { ReactNode } from 'react';

/** A link to an address of the console that came as text. `onFollow` does something else in its place. */
export function RouteLink({
  route,
  title,
  onFollow,
  children,
}: {
  route: string;
  title?: string;
  onFollow?: () => void;
  children: ReactNode;
}) {
  const { history } = useRouter();
  return (
    <a
      href={`#${route}`}
      title={title}
      onClick={(event) => {
        event.preventDefault();
        if (onFollow === undefined) history.push(route);
        else onFollow();
      }}
    >
      {children}
    </a>
  );
}
