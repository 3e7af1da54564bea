import type { z } from 'zod';

/** The first thing that is wrong with what was typed, in words. */
export function issueText(error: z.ZodError): string {
  const [issue] = error.issues;
  return issue === undefined ? 'This cannot be used.' : `${issue.path.join(' ')}: ${issue.message}.`;
}
