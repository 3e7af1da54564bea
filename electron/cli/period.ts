import { badInput } from '../../shared/domain/error.ts';

/** An option that names a day or a moment, as ISO 8601; a day without a time begins at midnight UTC. */
export function dayOrMoment(text: string, option: string): string {
  const at = Date.parse(text);
  if (Number.isNaN(at) || !/^\d{4}-\d{2}-\d{2}/.test(text))
    throw badInput(`${option} ${text} is not a day or moment, such as 2026-11-01 or 2026-11-01T08:00:00Z`);
  return new Date(at).toISOString();
}

/** Refuses a period that ends before it begins. */
export function requireInOrder({ from, to }: { readonly from?: string; readonly to?: string }): void {
  if (from !== undefined && to !== undefined && dayOrMoment(from, '--from') >= dayOrMoment(to, '--to'))
    throw badInput(`--from ${from} is not before --to ${to}; exchange them`);
}
