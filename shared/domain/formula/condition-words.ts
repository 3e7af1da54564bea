import type { Condition } from '../ranking/conditions.ts';

/** A condition on one line, as a person reads it. Equal conditions give equal text. */
export function conditionWords(condition: Condition): string {
  if ('all' in condition) return condition.all.map(nested).join(' and ');
  if ('any' in condition) return condition.any.map(nested).join(' or ');
  if ('not' in condition) return `not ${nested(condition.not)}`;
  if ('label' in condition) {
    return 'any_of' in condition.label
      ? `labelled ${condition.label.any_of.join(' or ')}`
      : `labelled ${condition.label.all_of.join(' and ')}`;
  }
  const { field, ...comparison } = condition;
  return Object.entries(comparison)
    .map(([operator, value]) => `${field} ${SIGNS[operator] ?? operator} ${JSON.stringify(value)}`)
    .join(' and ');
}

const nested = (condition: Condition): string =>
  'all' in condition || 'any' in condition ? `(${conditionWords(condition)})` : conditionWords(condition);

const SIGNS: Readonly<Record<string, string>> = { eq: '=', ne: '≠', lt: '<', lte: '≤', gt: '>', gte: '≥' };
