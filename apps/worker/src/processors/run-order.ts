import { createHash } from 'node:crypto';
import { ENGINE_VERSION, type RunOrder } from '@tensormark/marking';
import type { Answer } from '@tensormark/records';
import type { PartWork } from '@tensormark/queue';
import type { Tools } from './tools.js';

/** A run to be made, under the name by which its result is kept. */
export interface NamedOrder {
  readonly order: RunOrder;
  readonly hash: string;
}

/** The run that an answer wants before it is marked; null where it holds nothing to run, or not surely. */
export async function orderFor(
  { pool, exams }: Pick<Tools, 'pool' | 'exams'>,
  { examVersionId, part }: PartWork,
  { found, text, confidence }: Answer,
): Promise<NamedOrder | null> {
  if (!found || text.trim() === '' || confidence === 0) return null;
  const exam = await exams.get(examVersionId);
  const order = await pool.run({ kind: 'order-run', exam, part, text });
  return order && { order, hash: hashOf(order) };
}

/** The same code is run once by each version of the engine, whoever hands it in: its mark rests on the same numbers. */
function hashOf({ source, input, call, loss }: RunOrder): string {
  return digest(JSON.stringify([ENGINE_VERSION, source, input, call ?? null, loss]));
}

/** SHA-256, in hexadecimal. */
export function digest(text: string): string {
  return createHash('sha256').update(text, 'utf8').digest('hex');
}
