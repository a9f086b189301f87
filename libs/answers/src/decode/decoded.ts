export type TextEncodingName = 'utf-8' | 'utf-16le' | 'utf-16be' | 'windows-1252';

/** What a file that is not text is, as far as its first bytes tell. */
export type DecodeRefusal = 'empty' | 'too-large' | 'known-format' | 'binary';

/** Something that happened on the way from bytes to text. */
export interface DecodeNote {
  readonly kind: 'byte-order-mark' | 'guessed-encoding' | 'replaced-bytes' | 'replaced-nul';
  readonly says: string;
}

export type DecodeResult =
  | {
      readonly kind: 'text';
      /** Without a byte-order mark, and with U+FFFD where the file had NUL, which Postgres cannot store. */
      readonly text: string;
      readonly encoding: TextEncodingName;
      readonly notes: readonly DecodeNote[];
    }
  | {
      readonly kind: 'refused';
      readonly reason: DecodeRefusal;
      /** What it is, where known: `PDF`, `Word document (DOCX)`. */
      readonly format?: string;
      readonly message: string;
    };
