import { parseStrictJson, type JsonValue } from '../../../../shared/domain/statements/strict-json.ts';

/** A text's value as strict JSON; null for what is none. */
export function readJson(text: string): JsonValue {
  try {
    return parseStrictJson(text);
  } catch (error) {
    if (error instanceof SyntaxError) return null;
    throw error;
  }
}
