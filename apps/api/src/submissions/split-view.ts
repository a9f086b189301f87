import { confidenceLevel, type Split } from '@tensormark/answers';
import { ENGINE_VERSION, Span } from '@tensormark/marking';
import type { Answer } from '@tensormark/records';
import { z } from 'zod';
import type { Remark, SplitView } from './submissions.contract.js';

/**
 * How a submission was split. What stands in the records counts; the splitter's remarks are added from reading the
 * document again, which gives the same as long as the version of the engine is the same.
 */
export type Cut = Pick<SplitView, 'document' | 'confirmed' | 'yours' | 'until'>;

export function splitViewOf(
  answers: readonly Answer[],
  split: Split | null,
  notes: readonly Remark[],
  cut: Cut,
): SplitView | null {
  if (answers.length === 0) return null;
  const read = answers.map((answer) => ({ answer, pieces: piecesOf(answer) }));
  const found = read.filter(({ answer }) => answer.found);
  // What may stand under no part is for a person, and its own place is empty all the same.
  const lost = read
    .filter(({ answer, pieces }) => !answer.found || (split !== null && pieces.length === 0))
    .map(({ answer }) => answer.part);
  const taken = found.flatMap(({ pieces }) => pieces);
  const blank = new Set(split?.blank.map(({ partKey }) => partKey));
  return {
    answers: found.map(({ answer, pieces }) => ({
      part: answer.part,
      level: confidenceLevel(answer.confidence),
      confidence: answer.confidence,
      pieces,
      reasons: reasonsOf(answer, split),
    })),
    missing: lost.filter((part) => !blank.has(part)),
    blank: lost.filter((part) => blank.has(part)),
    unassigned:
      split?.unassigned
        .filter(({ span }) => taken.every(({ start, end }) => end <= span.start || span.end <= start))
        .map(({ span, says }) => ({ span, says })) ?? [],
    notes: [...notes, ...(split?.notes.map(({ span, says }) => ({ span, says })) ?? [])],
    ...cut,
  };
}

export function piecesOf({ pieces }: Answer): Span[] {
  const spans = z.array(Span).safeParse(pieces);
  return spans.success ? spans.data : [];
}

function reasonsOf({ part, reasons, engineVersion }: Answer, split: Split | null): Remark[] {
  const again = split?.answers.find(({ partKey }) => partKey === part);
  if (again !== undefined && engineVersion === ENGINE_VERSION) {
    // What is in doubt since the file was read is no matter of the split.
    const since = reasons.filter((says) => again.reasons.every((reason) => reason.says !== says));
    return [...since.map((says) => ({ says })), ...again.reasons.map(({ span, says }) => ({ span, says }))];
  }
  return reasons.map((says) => ({ says }));
}
