import type { z } from 'zod';
import { badInput } from '../../../shared/domain/error.ts';
import { parseStrictJson, type JsonValue } from '../../../shared/domain/statements/strict-json.ts';
import { describeIssue } from '../../../shared/domain/zod-issue.ts';

/** Parses a file's text as strict JSON; throws bad_input with the file's name. */
export function readStrictJson(name: string, text: string): JsonValue {
  try {
    return parseStrictJson(text);
  } catch (error) {
    if (error instanceof SyntaxError)
      throw badInput(`${name} is not strict JSON: ${error.message}; get the file again`);
    throw error;
  }
}

/** Parses a value that came from a file; throws bad_input naming the file and the first thing wrong in it. */
export function readAs<Schema extends z.ZodType>(
  name: string,
  what: string,
  schema: Schema,
  value: unknown,
): z.output<Schema> {
  const parsed = schema.safeParse(value, { reportInput: true });
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  throw badInput(`${name} is no ${what}: ${issue === undefined ? 'unreadable' : describeIssue(issue)}`);
}
