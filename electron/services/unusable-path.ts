import { badInput, type StatesideError } from '../../shared/domain/error.ts';

/** What the system says of a path that cannot be read or written as it was meant, in words that follow the path. */
const BECAUSE: ReadonlyMap<string, string> = new Map([
  ['EACCES', 'may not be used by this account'],
  ['EEXIST', 'exists already'],
  ['EISDIR', 'is a folder'],
  ['ELOOP', 'leads through a circle of links'],
  ['ENAMETOOLONG', 'is longer than a name may be'],
  ['ENOENT', 'is in no folder that exists'],
  ['ENOTDIR', 'leads through a file as if it were a folder'],
  ['EPERM', 'may not be used by this account'],
  ['EROFS', 'is on a disk that cannot be written'],
]);

/** The sentence for an error about a path that somebody named; null for every other error. `path`: what they named. */
export function unusablePath(error: unknown, path?: string): StatesideError | null {
  if (!(error instanceof Error) || !('code' in error)) return null;
  const because = BECAUSE.get(String(error.code));
  const named = path ?? textOf(error, 'dest') ?? textOf(error, 'path');
  if (because === undefined || named === null) return null;
  return badInput(`${named} ${because}; name another`);
}

function textOf(error: Error, member: 'dest' | 'path'): string | null {
  const value: unknown = Reflect.get(error, member);
  return typeof value === 'string' ? value : null;
}
