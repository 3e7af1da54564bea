/** Two feeds and the move between them: slate and accent. */
export function Brand({ size = 20 }: { size?: number }) {
  return (
    <svg width={size} height={size} viewBox="0 0 20 20" aria-hidden="true">
      <g fill="none" strokeWidth="2" strokeLinecap="round">
        <path d="M2 4h4M2 10h4M2 16h4" stroke="var(--baseline)" />
        <path d="M14 4h4M14 10h4M14 16h4" stroke="var(--candidate)" />
        <path d="m7.5 15.2 5-10.4" stroke="var(--candidate)" strokeWidth="1.6" />
      </g>
    </svg>
  );
}
