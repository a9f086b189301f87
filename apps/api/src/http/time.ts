import { z } from 'zod';

/** ISO 8601 in UTC, as every time leaves here. */
export const Time = z.iso.datetime().meta({ description: 'ISO 8601 in UTC' });
