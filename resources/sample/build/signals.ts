import type { Signal } from '../../../shared/domain/snapshot/meta.ts';
import type { Outcome } from './log.ts';

interface Definition extends Signal {
  readonly value: (outcome: Outcome) => number;
}

const binary = (
  name: string,
  polarity: Signal['polarity'],
  value: Definition['value'],
  description: string,
): Definition => ({ name, kind: 'binary', polarity, description, value });

const amount = (name: string, value: Definition['value'], description: string): Definition => ({
  name,
  kind: 'amount',
  polarity: 0,
  description,
  value,
});

const DEFINITIONS: readonly Definition[] = [
  binary('like', 1, ({ like }) => like, 'the user liked the video'),
  binary('hate', -1, ({ hate }) => hate, 'the user marked the video as hated'),
  binary('follow', 1, ({ follow }) => follow, 'the user followed the author from the video'),
  binary('comment', 0, ({ comment }) => comment, 'the user commented; praise and complaint alike'),
  binary(
    'forward',
    0,
    ({ forward }) => forward,
    'the user forwarded the video; a third of those forwarded were marked as hated too',
  ),
  binary('long_view', 1, ({ longView }) => longView, 'the user viewed long, by the rule of the log'),
  binary('click', 0, ({ click }) => click, 'the user clicked the video'),
  binary('profile_enter', 0, ({ profileEnter }) => profileEnter, "the user opened the author's profile"),
  amount('play_time_ms', ({ playMs }) => playMs, 'milliseconds played, all showings of the day together'),
  amount(
    'comment_stay_ms',
    ({ commentStayMs }) => commentStayMs,
    'milliseconds in the comments, all showings of the day together',
  ),
];

export const SIGNALS: readonly Signal[] = DEFINITIONS.map(({ name, kind, polarity, description }) => ({
  name,
  kind,
  polarity,
  description,
}));

/** An outcome's values in the order of `SIGNALS`. */
export const signalValues = (outcome: Outcome): number[] => DEFINITIONS.map(({ value }) => value(outcome));
