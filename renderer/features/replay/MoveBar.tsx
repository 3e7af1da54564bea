/** How much a feed moved, from 0 to 1, as a bar with its number beside it. */
export function MoveBar({ moved, text }: { moved: number; text: string }) {
  return (
    <span style={{ display: 'inline-flex', alignItems: 'center', gap: 8 }}>
      <svg width="64" height="8" aria-hidden="true">
        <rect width="64" height="8" rx="2" fill="var(--hover)" />
        <rect width={64 * Math.min(1, Math.max(0, moved))} height="8" rx="2" fill="var(--ink-3)" />
      </svg>
      {text}
    </span>
  );
}
