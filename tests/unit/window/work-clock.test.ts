import { expect, test } from 'vitest';
import { WorkClock } from '../../../renderer/features/review/desk/work-clock.ts';

const at = (minutes: number) => minutes * 60_000;

/** A clock of somebody who touched the keys every minute from `from` to `to`. */
function worked(from: number, to: number, clock = new WorkClock(), person = 'sam'): WorkClock {
  for (let minute = from; minute <= to; minute += 1) clock.touch(person, at(minute));
  return clock;
}

test('work is counted from the first touch, not from when the window was opened', () => {
  expect(new WorkClock().minutes('sam', at(600))).toBe(0);
  expect(worked(180, 230).minutes('sam', at(231))).toBe(51);
});

test('whoever was away has had a break, and whoever says so too', () => {
  const clock = worked(0, 50);
  expect(clock.minutes('sam', at(55))).toBe(0);
  expect(worked(55, 60, clock).minutes('sam', at(60))).toBe(5);
  clock.rest(at(60));
  expect(worked(61, 62, clock).minutes('sam', at(62))).toBe(2);
});

test('the next person at the window begins anew', () => {
  const clock = worked(0, 50);
  expect(clock.minutes('lucia', at(51))).toBe(0);
  expect(worked(51, 53, clock, 'lucia').minutes('lucia', at(53))).toBe(2);
});
