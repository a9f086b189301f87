import { Skeleton, Stack } from '@mantine/core';

/** Stands where a list will be, in its shape, so that nothing jumps when it comes. */
export function Waiting({ rows = 3, height = 92 }: { rows?: number; height?: number }) {
  return (
    <Stack gap="md" aria-busy="true" aria-label="Loading">
      {Array.from({ length: rows }, (_, row) => (
        <Skeleton key={row} height={height} radius="lg" />
      ))}
    </Stack>
  );
}
