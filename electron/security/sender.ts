import { isAppUrl } from './origin.ts';

interface Frame {
  readonly url: string;
  readonly parent: unknown;
}

/** True when a call comes from the top frame of our own page; frames inside it and other pages are strangers. */
export function isOurFrame(frame: Frame | null): boolean {
  return frame !== null && frame.parent === null && isAppUrl(frame.url);
}
