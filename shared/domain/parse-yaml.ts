import { LineCounter, parseDocument, visit } from 'yaml';
import type { z } from 'zod';
import { badInput } from './error.ts';
import { describeIssue } from './zod-issue.ts';

const LIMIT = 1_048_576;

/**
 * Reads one YAML 1.2 document (core schema) and parses it with `schema`. Anchors, aliases, tags of other
 * types, repeated keys and several documents in one file are refused. Throws `bad_input` with one sentence
 * naming `file`, the place and the remedy.
 */
export function parseYaml<Schema extends z.ZodType>(
  schema: Schema,
  text: string,
  file: string,
): z.output<Schema> {
  const parsed = schema.safeParse(readYaml(text, file), { reportInput: true });
  if (parsed.success) return parsed.data;
  const issue = parsed.error.issues[0];
  throw badInput(`${file}: ${issue === undefined ? 'is not valid' : describeIssue(issue)}.`);
}

function readYaml(text: string, file: string): unknown {
  if (text.length > LIMIT) throw badInput(`${file}: is longer than ${LIMIT} characters; shorten it.`);
  const lines = new LineCounter();
  const document = parseDocument(text, {
    schema: 'core',
    stringKeys: true,
    prettyErrors: false,
    logLevel: 'error',
    lineCounter: lines,
  });
  const place = (offset: number): string => {
    const { line, col } = lines.linePos(offset);
    return `line ${line}, column ${col}`;
  };
  const problem = document.errors[0] ?? document.warnings[0];
  if (problem !== undefined) {
    throw badInput(
      `${file}: ${place(problem.pos[0])}: ${REMEDY[problem.code] ?? `is not YAML (${problem.message}); correct it`}.`,
    );
  }
  visit(document, {
    Alias: (_key, node) => {
      throw badInput(
        `${file}: ${place(node.range?.[0] ?? 0)}: aliases (*${node.source}) are not allowed; write the value out.`,
      );
    },
    Node: (_key, node) => {
      if ('anchor' in node && node.anchor !== undefined) {
        throw badInput(
          `${file}: ${place(node.range?.[0] ?? 0)}: anchors (&${node.anchor}) are not allowed; remove it.`,
        );
      }
    },
  });
  return document.toJS({ maxAliasCount: 0 });
}

const REMEDY: Readonly<Record<string, string>> = {
  DUPLICATE_KEY: 'a key is written twice in one map; keep one of them',
  MULTIPLE_DOCS: 'a second document begins; keep one document per file',
  TAG_RESOLVE_FAILED: 'tags of other types are not allowed; write the plain value',
  RESOURCE_EXHAUSTION: 'lists and maps are nested too deeply to be read; flatten them',
  NON_STRING_KEY: 'a key is not text; put it in quotes',
};
