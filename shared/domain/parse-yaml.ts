import {
  isCollection,
  isMap,
  isNode,
  isScalar,
  LineCounter,
  parseDocument,
  visit,
  type Document,
} from 'yaml';
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
  const { document, lines } = readYaml(text, file);
  const parsed = schema.safeParse(document.toJS({ maxAliasCount: 0 }), { reportInput: true });
  if (parsed.success) return parsed.data;
  const issue = parsed.error.issues[0];
  if (issue === undefined) throw badInput(`${file}: is not valid.`);
  const { line } = lines.linePos(offsetOf(document, issue));
  throw badInput(`${file}: line ${line}: ${describeIssue(issue)}.`);
}

/** Where an issue's value begins, or the key that is unknown, or the innermost thing there is that lacks a value. */
function offsetOf(document: Document, issue: z.core.$ZodIssue): number {
  let node: unknown = document.contents;
  for (const key of issue.path) {
    const inner: unknown = isCollection(node) ? node.get(key, true) : undefined;
    if (!isNode(inner)) break;
    node = inner;
  }
  const [unknown] = unknownKeys(issue);
  const pair = isMap(node) ? node.items.find(({ key }) => isScalar(key) && key.value === unknown) : undefined;
  const found = pair === undefined ? node : pair.key;
  return isNode(found) ? (found.range?.[0] ?? 0) : 0;
}

function unknownKeys(issue: z.core.$ZodIssue): readonly unknown[] {
  const keys: unknown =
    issue.code === 'unrecognized_keys' ? issue.keys : issue.code === 'custom' && issue.params?.['keys'];
  return Array.isArray(keys) ? keys : [];
}

function readYaml(text: string, file: string): { document: Document; lines: LineCounter } {
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
  return { document, lines };
}

const REMEDY: Readonly<Record<string, string>> = {
  DUPLICATE_KEY: 'a key is written twice in one map; keep one of them',
  MULTIPLE_DOCS: 'a second document begins; keep one document per file',
  TAG_RESOLVE_FAILED: 'tags of other types are not allowed; write the plain value',
  RESOURCE_EXHAUSTION: 'lists and maps are nested too deeply to be read; flatten them',
  NON_STRING_KEY: 'a key is not text; put it in quotes',
};
