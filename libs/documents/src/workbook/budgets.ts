/** What one workbook may cost. */
export interface WorkbookBudgets {
  /** Size of the file, in bytes. */
  readonly bytes: number;
  readonly entries: number;
  readonly entryBytes: number;
  readonly unpackedBytes: number;
  readonly ratio: number;
  readonly sheets: number;
  /** Of one sheet, empty ones before the last that has something in it included. */
  readonly rows: number;
  readonly columns: number;
  /** That hold something, of all sheets. */
  readonly cells: number;
  /** Characters of one cell; Excel itself holds 32,767. */
  readonly cellCharacters: number;
  /** Characters of all cells: one text that many cells point at counts as often as it stands there. */
  readonly characters: number;
  readonly xmlNodes: number;
  readonly xmlDepth: number;
}

const MIB = 1024 * 1024;

/** A cohort of 2,000 students with 20 parts each is 900,000 cells. */
export const DEFAULT_WORKBOOK_BUDGETS: WorkbookBudgets = {
  bytes: 20 * MIB,
  entries: 200,
  entryBytes: 80 * MIB,
  unpackedBytes: 120 * MIB,
  ratio: 200,
  sheets: 20,
  rows: 200_000,
  columns: 300,
  cells: 2_000_000,
  cellCharacters: 32_767,
  characters: 40_000_000,
  xmlNodes: 12_000_000,
  xmlDepth: 50,
};
