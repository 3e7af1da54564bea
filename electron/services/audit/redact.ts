import { refused } from '../../../shared/domain/error.ts';
import type { AuditLog } from './audit-log.ts';
import { eraseText } from './texts.ts';

/**
 * Takes a free text out of the workspace where law demands it. The entry, its digest of the text and every proof stay
 * as they were; a new entry says what was taken out, by whom and why. Throws not_found where there is no such text.
 */
export function redactText(
  log: AuditLog,
  {
    seq,
    name,
    because,
    actor,
    at,
  }: { seq: number; name: string; because: string; actor: string; at: string },
): void {
  if (because.trim() === '') throw refused('a redaction needs its legal reason; write one');
  log.db
    .transaction(() => {
      eraseText(log.db, seq, name);
      log.append({
        at,
        actor,
        action: 'log.redact',
        subject: String(seq),
        body: { seq, name, because: because.trim() },
      });
    })
    .immediate();
}
