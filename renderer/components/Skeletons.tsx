import { Skeleton } from '@mantine/core';

const WIDTHS = ['62%', '84%', '71%', '90%', '55%', '78%', '66%', '87%'];

/** Stands where text will stand, so that nothing jumps when it comes. */
export function Skeletons({ rows = 6, height = 14 }: { rows?: number; height?: number }) {
  return (
    <div role="status" aria-label="Loading" style={{ display: 'grid', gap: 16, padding: '16px 0' }}>
      {Array.from({ length: rows }, (_, row) => (
        <Skeleton key={row} height={height} width={WIDTHS[row % WIDTHS.length] ?? '70%'} radius={3} />
      ))}
    </div>
  );
}
