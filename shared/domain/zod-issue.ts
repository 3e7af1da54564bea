import type { z } from 'zod';

/** A Zod issue (parsed with `reportInput`) as the middle of a sentence: the place (`heads[2].weight`), what is wrong, and the remedy. */
export function describeIssue(issue: z.core.$ZodIssue): string {
  const place = placeOf(issue.path);
  return place === '' ? `the document ${problemOf(issue)}` : `${place} ${problemOf(issue)}`;
}

/** `['heads', 2, 'weight']` → `heads[2].weight`. */
export function placeOf(path: readonly PropertyKey[]): string {
  return path
    .map((key, at) => (typeof key === 'number' ? `[${key}]` : `${at === 0 ? '' : '.'}${String(key)}`))
    .join('');
}

/** What is wrong and the remedy, without the place. */
export function problemOf(issue: z.core.$ZodIssue): string {
  switch (issue.code) {
    case 'invalid_type':
      return issue.input === undefined
        ? `is missing; it must be ${TYPE[issue.expected] ?? issue.expected}`
        : `must be ${TYPE[issue.expected] ?? issue.expected}; correct it`;
    case 'unrecognized_keys':
      return `has the unknown key ${issue.keys.map((key) => `"${key}"`).join(', ')}; remove it or correct its spelling`;
    case 'invalid_value':
      return `must be ${issue.values.map((value) => JSON.stringify(value)).join(' or ')}; correct it`;
    case 'too_small':
      return issue.origin === 'string' || issue.origin === 'array'
        ? `must not be ${issue.minimum === 1 ? 'empty' : `shorter than ${issue.minimum}`}; fill it in`
        : `must be ${issue.inclusive === false ? 'more than' : 'at least'} ${issue.minimum}; raise it`;
    case 'too_big':
      return issue.origin === 'string' || issue.origin === 'array'
        ? `must not be longer than ${issue.maximum}; shorten it`
        : `must be ${issue.inclusive === false ? 'less than' : 'at most'} ${issue.maximum}; lower it`;
    case 'custom':
    case 'invalid_element':
    case 'invalid_format':
    case 'invalid_key':
    case 'invalid_union':
    case 'not_multiple_of':
    default:
      return issue.message;
  }
}

const TYPE: Readonly<Record<string, string>> = {
  array: 'a list',
  object: 'a map',
  record: 'a map',
  string: 'text',
  number: 'a finite number',
  int: 'a whole number',
  boolean: 'true or false',
};
