import { readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';

/** One row of the log: a video shown once to a user, and what the user did. Times are UTC milliseconds. */
export interface LogRow {
  readonly userId: string;
  readonly videoId: string;
  /** The log's own calendar day in China, as YYYY-MM-DD. */
  readonly day: string;
  readonly timeMs: number;
  /** 0 where the log does not know it. */
  readonly durationMs: number;
  readonly outcome: Outcome;
  /** The line as the log has it, without its line feed. */
  readonly line: string;
}

/** What a user did with a video: 0 or 1, and two amounts in milliseconds. Never an input of a feature of its own day. */
export interface Outcome {
  readonly like: number;
  readonly hate: number;
  readonly follow: number;
  readonly comment: number;
  readonly forward: number;
  readonly longView: number;
  readonly click: number;
  readonly profileEnter: number;
  readonly playMs: number;
  readonly commentStayMs: number;
}

const COLUMNS = [
  'user_id',
  'video_id',
  'date',
  'hourmin',
  'time_ms',
  'is_click',
  'is_follow',
  'is_comment',
  'is_forward',
  'long_view',
  'play_time_ms',
  'duration_ms',
  'comment_stay_time',
  'is_profile_enter',
  'label',
  'timestamp',
] as const;

export function readLog(path: string): LogRow[] {
  return parseLog(gunzipSync(readFileSync(path)).toString('utf8'), path);
}

/** Parses the tab-separated log. Throws, naming the line, on another header, a missing column or a value that is no number. */
export function parseLog(text: string, path: string): LogRow[] {
  const [header, ...lines] = text.trimEnd().split('\n');
  if (header !== COLUMNS.join('\t')) throw new Error(`${path} line 1: the columns are not those of the log.`);
  return lines.map((line, at) => parseRow(line, `${path} line ${at + 2}`));
}

function parseRow(line: string, place: string): LogRow {
  const cells = line.split('\t');
  if (cells.length !== COLUMNS.length)
    throw new Error(`${place} has ${cells.length} columns, not ${COLUMNS.length}.`);
  const text = (column: (typeof COLUMNS)[number]): string => cells[COLUMNS.indexOf(column)] ?? '';
  const number = (column: (typeof COLUMNS)[number]): number => {
    const value = text(column);
    if (!/^\d+$/.test(value)) throw new Error(`${place}: ${column} is "${value}", not a whole number.`);
    return Number(value);
  };
  const like = number('label');
  return {
    userId: text('user_id'),
    videoId: text('video_id'),
    day: text('date').replace(/^(\d{4})(\d{2})(\d{2})$/, '$1-$2-$3'),
    timeMs: number('time_ms'),
    durationMs: number('duration_ms'),
    outcome: {
      like,
      hate: 1 - like,
      follow: number('is_follow'),
      comment: number('is_comment'),
      forward: number('is_forward'),
      longView: number('long_view'),
      click: number('is_click'),
      profileEnter: number('is_profile_enter'),
      playMs: number('play_time_ms'),
      commentStayMs: number('comment_stay_time'),
    },
    line,
  };
}
