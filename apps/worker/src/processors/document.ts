import { recognise, type Block, type ReadDocument } from '@tensormark/documents';
import { ENGINE_VERSION } from '@tensormark/marking';
import { z } from 'zod';
import type { DocumentToSplit } from '../threads/task.js';
import { asJson } from './json.js';
import type { Tools } from './tools.js';

const TEXTS = new Set(['text', 'markdown', 'latex', 'python']);

export type DocumentAtHand = DocumentToSplit | { readonly kind: 'refused'; readonly message: string };

/** What splitting and marking need to know of a block. */
const Doubted = z.object({
  blocks: z.array(
    z.object({
      span: z.object({ start: z.int().nonnegative(), end: z.int().nonnegative() }),
      doubts: z.array(z.object({ why: z.string(), says: z.string() })),
    }),
  ),
});

/**
 * The document of a submission, ready to be split. A file that is no text is read in a process apart, once for each
 * version of the engine; what was read then is kept, as places in answers are places in it.
 */
export async function documentOf(
  { records, read }: Pick<Tools, 'records' | 'read'>,
  submissionId: string,
): Promise<DocumentAtHand> {
  const bytes = await records.submissions.bytes(submissionId);
  const recognised = recognise(bytes);
  if (recognised.kind === 'refused') return { kind: 'refused', message: recognised.message };
  if (TEXTS.has(recognised.format)) return { kind: 'text', bytes };
  const known = await records.documentReadings.find(submissionId, ENGINE_VERSION);
  if (known !== null) return toSplit(known.text, known.layout);
  const result = await read(bytes);
  if (result.kind === 'refused') return { kind: 'refused', message: result.message };
  const kept = await records.documentReadings.keep({
    submissionId,
    engineVersion: ENGINE_VERSION,
    text: result.text,
    layout: asJson(layoutOf(result)),
  });
  return toSplit(kept.text, kept.layout);
}

function layoutOf({
  format,
  blocks,
  notes,
}: ReadDocument): { blocks: readonly Block[] } & Record<string, unknown> {
  return { format, blocks, notes };
}

function toSplit(text: string, layout: unknown): DocumentToSplit {
  const { blocks } = Doubted.parse(layout);
  return {
    kind: 'read',
    text,
    doubts: blocks.flatMap(({ span, doubts }) => doubts.map(({ why, says }) => ({ span, why, says }))),
  };
}
