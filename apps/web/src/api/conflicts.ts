import { queryOptions } from '@tanstack/react-query';
import { answered, api } from './client.js';
import type { NewConflict } from './types.js';

export const conflicts = queryOptions({
  queryKey: ['conflicts'],
  queryFn: ({ signal }) => answered(api.GET('/api/v1/conflicts', { signal })),
});

export const declareConflict = (body: NewConflict) => answered(api.POST('/api/v1/conflicts', { body }));

export const withdrawConflict = (conflict: string, reason: string) =>
  answered(
    api.POST('/api/v1/conflicts/{conflict}/withdraw', { params: { path: { conflict } }, body: { reason } }),
  );
