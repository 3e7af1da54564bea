/** A number as a sentence writes it: at most `digits` significant digits, a true minus sign. */
export const numberWords = (value: number, digits = 6): string =>
  String(Number(value.toPrecision(digits))).replace(/^-/, '−');

/** What a change of a head's weight means, in words. */
export function weightWords(before: number, after: number): string {
  if (before === after) return 'unchanged';
  if (after === 0) return 'switched off';
  if (before === 0) return 'switched on';
  if (before > 0 !== after > 0) {
    return before > 0 ? 'what raised a score now lowers it' : 'what lowered a score now raises it';
  }
  const from = Math.abs(before);
  const to = Math.abs(after);
  const ratio = Math.max(from, to) / Math.min(from, to);
  const much =
    ratio >= 2 ? `${numberWords(ratio, 3)} times` : `${numberWords(Math.abs(to / from - 1) * 100, 2)} %`;
  return `${much} ${to > from ? 'stronger' : 'weaker'}`;
}

/** What a change of a multiplier's factor means, in words: below 1 demotes, above 1 promotes. */
export function factorWords(before: number, after: number): string {
  if (before === after) return 'unchanged';
  if (after === 1) return 'no longer changes a score';
  const does = after < 1 ? 'demotes' : 'promotes';
  if (before === 1) return `now ${does}`;
  if (before < 1 !== after < 1) return `${after < 1 ? 'promoted' : 'demoted'} before and now ${does}`;
  const stronger = Math.abs(Math.log(after)) > Math.abs(Math.log(before));
  return `${does} ${stronger ? 'more' : 'less'}`;
}
