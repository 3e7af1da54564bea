import { Button } from '@mantine/core';
import { createLink } from '@tanstack/react-router';
import type { ComponentProps } from 'react';

/** A link that looks like a button, because it leads to the next step. */
export const ButtonLink = createLink(function ButtonAnchor(
  props: ComponentProps<'a'> & { variant?: 'default' | 'filled' },
) {
  const { color: _, variant = 'default', ...rest } = props;
  return <Button component="a" variant={variant} {...rest} />;
});
