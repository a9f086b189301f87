import { numeralOf, spelledNumeral, type Numeral } from '../headings/numerals.js';
import { partKey, type Outline, type PartKey, type PartKind } from '../outline.js';

/** A place in the outline that text can belong to; the states of the alignment. */
export type OutlineNode =
  /** Before the first heading. */
  | { readonly kind: 'start' }
  /** Under the heading of a question that has parts, before the first of them. */
  | { readonly kind: 'question'; readonly question: number; readonly firstLeaf: number }
  /** A part, or a question without parts: something that is answered. */
  | { readonly kind: 'leaf'; readonly question: number; readonly leaf: number; readonly key: PartKey }
  /** A part that its question does not have. */
  | { readonly kind: 'extra-part'; readonly question: number; readonly afterLeaf: number }
  /** A question that the outline does not have. */
  | { readonly kind: 'extra-question' };

/** A name as the paper prints it, read as a numeral where it is one. */
export interface PrintedId {
  readonly text: string;
  readonly numeral?: Numeral;
  /** Its place among its siblings, from 1. */
  readonly ordinal: number;
}

export interface PartPlace {
  readonly id: PrintedId;
  readonly node: number;
  readonly key: PartKey;
}

export interface QuestionPlace {
  readonly id: PrintedId;
  /** The node of the question itself: a leaf where it has no parts. */
  readonly node: number;
  readonly parts: readonly PartPlace[];
  /** The node for parts it does not have; only where it has parts. */
  readonly extraNode?: number;
  /** "Question 2", for people. */
  readonly called: string;
}

/** The outline laid out as the states of the alignment. */
export interface OutlineMap {
  readonly nodes: readonly OutlineNode[];
  readonly questions: readonly QuestionPlace[];
  readonly leaves: readonly PartKey[];
  /** What each leaf asks for, where the outline says. */
  readonly kinds: readonly (PartKind | undefined)[];
  readonly extraQuestion: number;
}

export function mapOutline(outline: Outline): OutlineMap {
  const nodes: OutlineNode[] = [{ kind: 'start' }];
  const leaves: PartKey[] = [];
  const add = (node: OutlineNode): number => nodes.push(node) - 1;
  const addLeaf = (question: number, key: PartKey): number => {
    const leaf = leaves.push(key) - 1;
    return add({ kind: 'leaf', question, leaf, key });
  };
  const questions = outline.questions.map(({ id, parts }, question): QuestionPlace => {
    const place = { id: printedId(id, question + 1), called: `question ${id}` };
    if (parts.length === 0) return { ...place, node: addLeaf(question, partKey(id)), parts: [] };
    const node = add({ kind: 'question', question, firstLeaf: leaves.length });
    const places = parts.map((part, index): PartPlace => {
      const key = partKey(id, part.id);
      return { id: printedId(part.id, index + 1), node: addLeaf(question, key), key };
    });
    const extraNode = add({ kind: 'extra-part', question, afterLeaf: leaves.length });
    return { ...place, node, parts: places, extraNode };
  });
  const extraQuestion = add({ kind: 'extra-question' });
  const kinds = outline.questions.flatMap(({ kind, parts }) =>
    parts.length === 0 ? [kind] : parts.map((part) => part.kind),
  );
  return { nodes, questions, leaves, kinds, extraQuestion };
}

/** Ids are what the paper prints: `1`, `Q1`, `Question 1`, `(a)` all name the same numerals. */
function printedId(id: string, ordinal: number): PrintedId {
  const bare = id.replace(/^(?:question|q|part)?[\s.:([]*(?=[\p{L}\p{N}])/iu, '').replace(/[\s.:)\]]+$/u, '');
  const numeral = numeralOf(bare) ?? spelledNumeral(bare) ?? numeralOf(id);
  return { text: id.toLowerCase(), ordinal, ...(numeral === undefined ? {} : { numeral }) };
}

export type NumeralMatch = 'same' | 'other-numbering';

/** Whether a written numeral names this id: as printed, or by its place in another numbering (`(ii)` for b). */
export function matchId(id: PrintedId, written: Numeral): NumeralMatch | undefined {
  const printed = id.numeral;
  if (printed !== undefined) {
    if (printed.text === written.text) return 'same';
    if (printed.number !== undefined && printed.number === written.number) return 'same';
    if (printed.number !== undefined && printed.number === written.roman) return 'other-numbering';
  }
  const value = written.number ?? written.roman;
  const comparable = printed === undefined || printed.number === undefined;
  if (comparable && value === id.ordinal) return 'other-numbering';
  if (printed?.number !== undefined && written.letter === id.ordinal && written.roman === undefined) {
    return 'other-numbering';
  }
  return undefined;
}
