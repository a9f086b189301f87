import type { PartKey } from './outline.js';

/** A half-open range of UTF-16 code units in the document's text, as `text.slice(start, end)` takes them. */
export interface Span {
  readonly start: number;
  readonly end: number;
}

/** What a level means is a promise, kept by `confidenceLevel`: see the README. */
export type ConfidenceLevel = 'sure' | 'likely' | 'unsure';

/** One reason, in words a student can read, with the place it is about. */
export interface Reason {
  readonly span: Span;
  readonly says: string;
}

/** The text found for one part. */
export interface Answer {
  readonly partKey: PartKey;
  /** In document order; page furniture and continued headings lie between them. Never empty. */
  readonly pieces: readonly Span[];
  /** The headings that introduce the pieces; empty when the text was aligned by content alone. */
  readonly headings: readonly Span[];
  /** Stretches inside the pieces that repeat the question rather than answer it. */
  readonly restated: readonly Span[];
  /** 0 to 1: the chance that exactly this text is the answer to exactly this part. */
  readonly confidence: number;
  readonly level: ConfidenceLevel;
  readonly reasons: readonly Reason[];
}

/** A heading was found and nothing below it. */
export interface BlankPart {
  readonly partKey: PartKey;
  readonly heading: Span;
}

export type UnassignedWhy =
  | 'page-furniture'
  | 'before-first-part'
  | 'before-first-heading'
  | 'part-not-in-outline'
  | 'no-heading-found'
  | 'part-not-marked';

/** Text that belongs to no part, and why. */
export interface UnassignedPiece {
  readonly span: Span;
  readonly why: UnassignedWhy;
  readonly says: string;
  /** Parts without any text that this may be the answer to, in the order of the outline. */
  readonly mayAnswer: readonly PartKey[];
}

export type IdentityKind = 'name' | 'student-number';

/** Who the document says its writer is: for matching uploads to people, never for marks. */
export interface IdentityField {
  readonly kind: IdentityKind;
  /** The value alone, without its label. */
  readonly span: Span;
  readonly value: string;
  /** Whether a label (`Name:`) says so, or only its looks. */
  readonly labelled: boolean;
}

export interface Preface {
  readonly span: Span;
  readonly identity: readonly IdentityField[];
}

export type NoteKind =
  | 'duplicate-heading'
  | 'continued'
  | 'out-of-order'
  | 'step-or-part'
  | 'close-reading'
  | 'unknown-question'
  | 'unknown-part'
  | 'part-not-marked'
  | 'aligned-by-content'
  | 'restated-question'
  | 'text-before-first-part'
  | 'text-before-first-heading'
  | 'unclosed-code'
  | 'addressed-to-grader'
  | 'hidden-text';

/** Something a person should know about a place in the document. */
export interface Note {
  readonly kind: NoteKind;
  readonly span: Span;
  readonly says: string;
  /** The part whose heading this may be, though it was taken for ordinary text. */
  readonly mayHead?: PartKey;
}

/** What every stretch of the document is; in order, without gaps or overlaps, from 0 to the text's length. */
export type Tile =
  | { readonly kind: 'preface'; readonly start: number; readonly end: number }
  /** `partKey` is absent for the heading of a question that has parts, and for one the outline does not know. */
  | { readonly kind: 'heading'; readonly start: number; readonly end: number; readonly partKey?: PartKey }
  | { readonly kind: 'piece'; readonly start: number; readonly end: number; readonly partKey: PartKey }
  | {
      readonly kind: 'unassigned';
      readonly start: number;
      readonly end: number;
      readonly why: UnassignedWhy;
    };

export interface Split {
  readonly kind: 'split';
  readonly preface: Preface;
  /** One for each part found, in the order of the outline. */
  readonly answers: readonly Answer[];
  /** Parts with neither heading nor text, in the order of the outline. */
  readonly missing: readonly PartKey[];
  readonly blank: readonly BlankPart[];
  readonly unassigned: readonly UnassignedPiece[];
  readonly notes: readonly Note[];
  readonly tiles: readonly Tile[];
}

export type SplitRefusal =
  | 'empty-document'
  | 'empty-outline'
  | 'repeated-part'
  | 'not-text'
  | 'too-many-characters'
  | 'too-many-lines'
  | 'too-many-headings';

/** The document was not split; `message` says what was wrong, where, and what to do. */
export interface SplitRefused {
  readonly kind: 'refused';
  readonly reason: SplitRefusal;
  readonly message: string;
}

export type SplitResult = Split | SplitRefused;
