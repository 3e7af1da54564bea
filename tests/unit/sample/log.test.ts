import { describe, expect, test } from 'vitest';
import { mergeExposures } from '../../../resources/sample/build/exposures.ts';
import { parseLog } from '../../../resources/sample/build/log.ts';
import { parseUsers } from '../../../resources/sample/build/users.ts';

const HEADER =
  'user_id\tvideo_id\tdate\thourmin\ttime_ms\tis_click\tis_follow\tis_comment\tis_forward\tlong_view\t' +
  'play_time_ms\tduration_ms\tcomment_stay_time\tis_profile_enter\tlabel\ttimestamp';
const line = (video: string, time: number, cells: string) =>
  `5\t${video}\t20220410\t1700\t${time}\t${cells}\t1\tx`;
const log = (...lines: string[]) => parseLog(`${HEADER}\n${lines.join('\n')}\n`, 'log.tsv');

describe('the log', () => {
  test('is read column by column', () => {
    const [row] = log(line('77', 1649581149287, '1\t0\t1\t0\t1\t46186\t45916\t7639\t0'));
    expect(row).toMatchObject({ userId: '5', videoId: '77', day: '2022-04-10', timeMs: 1649581149287 });
    expect(row?.durationMs).toBe(45916);
    expect(row?.outcome).toEqual({
      like: 1,
      hate: 0,
      follow: 0,
      comment: 1,
      forward: 0,
      longView: 1,
      click: 1,
      profileEnter: 0,
      playMs: 46186,
      commentStayMs: 7639,
    });
  });

  test('is refused, naming the line, when a value is no number, a column is missing or the header differs', () => {
    expect(() => log(line('77', 1, 'x\t0\t1\t0\t1\t1\t1\t1\t0'))).toThrow('log.tsv line 2: is_click is "x"');
    expect(() => log('5\t77')).toThrow('log.tsv line 2 has 2 columns');
    expect(() => parseLog('a\tb\n', 'log.tsv')).toThrow('log.tsv line 1');
  });

  test('holds a video shown twice a day as one exposure at its first place, marks of either, amounts summed', () => {
    const rows = log(
      line('77', 3000, '0\t0\t0\t0\t1\t200\t900\t5\t0'),
      line('78', 2000, '0\t0\t0\t0\t0\t10\t900\t0\t0'),
      line('77', 1000, '1\t0\t0\t0\t0\t100\t900\t0\t0'),
    );
    const exposures = mergeExposures(rows);
    expect(exposures.map(({ videoId, shownMs, lastShownMs }) => [videoId, shownMs, lastShownMs])).toEqual([
      ['77', 1000, 3000],
      ['78', 2000, 2000],
    ]);
    expect(exposures[0]?.outcome).toMatchObject({ click: 1, longView: 1, playMs: 300, commentStayMs: 5 });
  });
});

describe('the user table', () => {
  const HEAD = 'user_id,user_active_degree,follow_user_num,follow_user_num_range,fans_user_num,register_days';

  test('is read past its quoted ranges', () => {
    const users = parseUsers(`${HEAD}\n111,full_active,12,"(10,50]",90,503\n`, 'users.csv');
    expect(users.get('111')).toEqual({
      userId: '111',
      activity: 'full_active',
      registerDays: 503,
      followers: 90,
      follows: 12,
    });
  });

  test('is refused, naming the line, when a value is missing or no number', () => {
    expect(() => parseUsers(`${HEAD}\n111,full_active,12,"(10,50]",90\n`, 'users.csv')).toThrow(
      'users.csv line 2 has no register_days',
    );
    expect(() => parseUsers(`${HEAD}\n111,full_active,12,"(10,50]",many,5\n`, 'users.csv')).toThrow(
      'users.csv line 2: fans_user_num',
    );
  });
});
