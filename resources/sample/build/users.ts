import { readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';

/** What the log's user table says of a user, pseudonymous. */
export interface User {
  readonly userId: string;
  readonly activity: string;
  readonly registerDays: number;
  readonly followers: number;
  readonly follows: number;
}

export function readUsers(path: string): Map<string, User> {
  return parseUsers(gunzipSync(readFileSync(path)).toString('utf8'), path);
}

/** Parses the comma-separated user table; ranges in it are quoted and hold a comma. Throws, naming the line, on a value that is no number. */
export function parseUsers(text: string, path: string): Map<string, User> {
  const [header = '', ...lines] = text.trimEnd().split('\n');
  const columns = header.split(',');
  const users = lines.map((line, at): User => {
    const cells = [...line.matchAll(/(?:^|,)(?:"([^"]*)"|([^,]*))/g)].map(
      ([, quoted, plain]) => quoted ?? plain ?? '',
    );
    const text = (column: string): string => {
      const value = cells[columns.indexOf(column)];
      if (value === undefined || value === '') throw new Error(`${path} line ${at + 2} has no ${column}.`);
      return value;
    };
    const number = (column: string): number => {
      const value = Number(text(column));
      if (!Number.isFinite(value)) throw new Error(`${path} line ${at + 2}: ${column} is not a number.`);
      return value;
    };
    return {
      userId: text('user_id'),
      activity: text('user_active_degree'),
      registerDays: number('register_days'),
      followers: number('fans_user_num'),
      follows: number('follow_user_num'),
    };
  });
  return new Map(users.map((user) => [user.userId, user]));
}
