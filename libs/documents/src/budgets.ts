/** What one uploaded file may cost. Each refusal names the budget that it met. */
export interface DocumentBudgets {
  /** Size of the upload, in bytes. */
  readonly bytes: number;
  /** Entries of an archive, folders included. */
  readonly entries: number;
  /** Bytes of one entry of an archive, unpacked. */
  readonly entryBytes: number;
  /** Bytes of all entries of an archive, unpacked. */
  readonly unpackedBytes: number;
  /** How many times larger unpacked than packed an entry over a mebibyte may be. */
  readonly ratio: number;
  readonly xmlNodes: number;
  readonly xmlDepth: number;
  readonly pages: number;
  /** Pages and pictures that a machine reads. */
  readonly pictures: number;
  /** Width times height of one picture. */
  readonly pixels: number;
  /** Characters of the text that comes out. */
  readonly characters: number;
}

const MIB = 1024 * 1024;

export const DEFAULT_DOCUMENT_BUDGETS: DocumentBudgets = {
  bytes: 20 * MIB,
  entries: 500,
  entryBytes: 40 * MIB,
  unpackedBytes: 100 * MIB,
  ratio: 200,
  xmlNodes: 1_000_000,
  xmlDepth: 200,
  pages: 100,
  pictures: 12,
  pixels: 40_000_000,
  characters: 6_000_000,
};
