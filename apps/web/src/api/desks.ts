import { answered, api } from './client.js';
import type { Desk } from './types.js';

const at = (answer: string) => ({ params: { path: { answer } } });

/** Takes an answer onto one's desk or keeps it there; says who has it where a colleague does. */
export const takeDesk = (answer: string): Promise<Desk> =>
  answered(api.PUT('/api/v1/answers/{answer}/desk', at(answer)));

/** Puts it back, even while the page is going away. */
export const freeDesk = (answer: string): Promise<void> =>
  answered(api.DELETE('/api/v1/answers/{answer}/desk', { ...at(answer), keepalive: true }));
