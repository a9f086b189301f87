import { Skeleton, Stack } from '@mantine/core';
import { useIsSlow } from './slow.js';
import classes from './ui.module.css';

/** Stands where a list will be, in its shape, so that nothing jumps when it comes. */
export function Waiting({ rows = 3, height = 92 }: { rows?: number; height?: number }) {
  const slow = useIsSlow();
  return (
    <Stack gap="md" aria-busy="true" aria-label="Loading" className={classes.waiting}>
      {Array.from({ length: rows }, (_, row) => (
        <Skeleton key={row} height={height} radius="lg" />
      ))}
      {/* Over what waits, so that nothing moves. */}
      <output className={classes.slow}>
        {slow && 'Still loading: the server or the connection is slow. It goes on by itself.'}
      </output>
    </Stack>
  );
}
