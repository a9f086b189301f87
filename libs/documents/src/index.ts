export { DEFAULT_DOCUMENT_BUDGETS, type DocumentBudgets } from './budgets.js';
export type {
  Block,
  BlockKind,
  Box,
  DocumentNote,
  DocumentNoteKind,
  DocumentRefused,
  Doubt,
  Format,
  Origin,
  Place,
  ReadDocument,
  ReadResult,
  RefusalReason,
  TextFormat,
} from './document.js';
export { Refusal } from './document.js';
export { doubted, notFound, type PartText, type PlacedDoubt } from './doubts.js';
export { recognise, type Recognised } from './format.js';
export type { MachineReading, PageItem, PdfPage, ReadLine, Seen } from './pdf/page.js';
export { isWholePdf } from './pdf/whole.js';
export { readDocument, type Readers } from './read-document.js';
export type { CohortPiece, PersonHint } from './cohort/layout.js';
export { harmlessName } from './zip/shown-name.js';
export { type NamedBytes, zipped } from './zip/write.js';
export { COHORT_BUDGETS, CohortArchive, type Prepared } from './cohort/prepare.js';
export { type Cohort, readCohort } from './cohort/read-cohort.js';
export { type KnownStudent, onlyOnce, Roster, type Whose, type WhyAsked } from './cohort/roster.js';
export { readWorkbook, type Sheet, type Workbook } from './workbook/read-workbook.js';
