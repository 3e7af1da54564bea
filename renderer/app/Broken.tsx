import { Button } from '@mantine/core';
import { Link, type ErrorComponentProps } from '@tanstack/react-router';
import { EmptyState } from '../components/EmptyState.tsx';
import { ErrorState } from '../components/ErrorState.tsx';
import { Page } from '../components/Page.tsx';
import { toStatesideError } from './bridge.ts';

/** A page that failed to draw; the rest of the window goes on. */
export function Broken({ error, reset }: ErrorComponentProps) {
  return (
    <Page title="This page could not be shown">
      <ErrorState error={toStatesideError(error)} retry={reset} />
    </Page>
  );
}

export function Lost() {
  return (
    <Page title="No such page">
      <EmptyState
        title="This address leads nowhere"
        action={
          <Button component={Link} to="/" variant="default">
            Go to Overview
          </Button>
        }
      >
        The link may come from another version of Stateside, or from another workspace.
      </EmptyState>
    </Page>
  );
}
