export type TextFormat = 'text' | 'markdown' | 'latex' | 'python';
export type Format = TextFormat | 'notebook' | 'docx' | 'pdf' | 'png' | 'jpeg' | 'zip';

/** A half-open range of UTF-16 code units in the document's text. */
export interface Span {
  readonly start: number;
  readonly end: number;
}

/** Points (1/72 inch) from the top left corner of the page. */
export interface Box {
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
}

/** Where a block stands in the uploaded file, so that a person can look at the original. Numbers count from 1. */
export type Place =
  | { readonly kind: 'lines'; readonly from: number; readonly to: number }
  | { readonly kind: 'page'; readonly page: number; readonly box: Box }
  | { readonly kind: 'paragraph'; readonly paragraph: number }
  | { readonly kind: 'table'; readonly table: number; readonly paragraph: number }
  | { readonly kind: 'cell'; readonly cell: number }
  | { readonly kind: 'picture'; readonly box: Box };

export interface Origin {
  /** The file within an archive; absent for a file uploaded by itself. */
  readonly file?: string;
  readonly place: Place;
}

export type BlockKind =
  'heading' | 'prose' | 'list-item' | 'code' | 'output' | 'equation' | 'table' | 'picture';

/** Why a person has to look at the original before a mark rests on this block. */
export interface Doubt {
  readonly why: 'read-by-machine' | 'not-read' | 'hidden-text' | 'layout';
  readonly says: string;
}

export interface Block {
  readonly kind: BlockKind;
  readonly span: Span;
  readonly origin: Origin;
  readonly doubts: readonly Doubt[];
  /** 0 to 1, of text that a machine read from a picture. */
  readonly confidence?: number;
}

export type DocumentNoteKind =
  | 'encoding'
  | 'hidden-text'
  | 'addressed-to-grader'
  | 'read-by-machine'
  | 'not-read'
  | 'layout'
  | 'tracked-change'
  | 'left-out';

/** Something that a person should know, at its place in the text. */
export interface DocumentNote {
  readonly kind: DocumentNoteKind;
  readonly span: Span;
  readonly says: string;
  readonly origin?: Origin;
}

/** An uploaded file as one text. The blocks are in order and do not overlap; between them stands white space alone. */
export interface ReadDocument {
  readonly kind: 'read';
  readonly format: Format;
  readonly text: string;
  readonly blocks: readonly Block[];
  readonly notes: readonly DocumentNote[];
}

export type RefusalReason =
  | 'empty'
  | 'unknown-format'
  | 'too-large'
  | 'too-many-pages'
  | 'too-many-entries'
  | 'encrypted'
  | 'broken'
  | 'unsafe-archive'
  | 'unsafe-markup'
  | 'too-slow'
  | 'too-much-memory';

/** The file was not read; the message tells who uploaded it what to do. */
export interface DocumentRefused {
  readonly kind: 'refused';
  readonly reason: RefusalReason;
  readonly message: string;
}

export type ReadResult = ReadDocument | DocumentRefused;

/** Thrown inside the room, turned into a result at its door. */
export class Refusal extends Error {
  override readonly name = 'Refusal';

  constructor(
    readonly reason: RefusalReason,
    message: string,
  ) {
    super(message);
  }

  get result(): DocumentRefused {
    return { kind: 'refused', reason: this.reason, message: this.message };
  }
}
