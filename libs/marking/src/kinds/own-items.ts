import type { ExamPart, PartKind } from '../exam/definition.js';
import type { QuestionKind, SchemeItem } from './kind.js';
import { KINDS, type PartOf } from './table.js';

/** The lines of the scheme that the part's kind has, without its adjustments. */
export function ownItems(part: ExamPart): readonly SchemeItem[] {
  return itemsOf(part.kind, part);
}

function itemsOf<Kind extends PartKind>(kind: Kind, part: PartOf[Kind]): readonly SchemeItem[] {
  const found: QuestionKind<PartOf[Kind]> = KINDS[kind];
  return found.items(part);
}
