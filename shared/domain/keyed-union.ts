import { z } from 'zod';
import { problemOf } from './zod-issue.ts';

/**
 * A union told apart by which key an object holds, so that a refusal speaks of the one form that was meant.
 * `forms` maps each telling key to the schema of its whole object. Unknown keys stand in the issue's `params`.
 */
export function keyedUnion<Output>(forms: Readonly<Record<string, z.ZodType<Output>>>): z.ZodType<Output> {
  const keys = Object.keys(forms);
  return z.unknown().transform((value, context): Output => {
    const held = keys.filter(
      (key) => typeof value === 'object' && value !== null && Object.hasOwn(value, key),
    );
    const form = held.length === 1 ? forms[held[0] ?? ''] : undefined;
    if (form === undefined) {
      context.addIssue(`must be a map with exactly one of ${keys.join(', ')}; correct it`);
      return z.NEVER;
    }
    const parsed = form.safeParse(value, { reportInput: true });
    if (parsed.success) return parsed.data;
    for (const issue of parsed.error.issues) {
      const keys = issue.code === 'unrecognized_keys' ? { params: { keys: issue.keys } } : {};
      context.addIssue({ code: 'custom', path: issue.path, message: problemOf(issue), ...keys });
    }
    return z.NEVER;
  });
}
