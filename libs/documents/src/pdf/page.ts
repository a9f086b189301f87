import type { Box } from '../document.js';

/** What drawing the page with and without this text shows. */
export type Seen =
  | 'seen'
  /** Nothing at its place changes: white on white, transparent, covered, or never painted. */
  | 'unseen'
  /** Nothing changes, and a picture is there: the text layer of a scan, as a machine read it. */
  | 'over-picture'
  | 'off-page'
  | 'tiny'
  /** A stretch of it is seen and another is not. */
  | 'partly';

/** One piece of text that the page paints at once. */
export interface PageItem {
  readonly text: string;
  /** Of the glyphs' em, from the baseline up; points from the top left corner. */
  readonly box: Box;
  readonly baseline: number;
  readonly size: number;
  readonly mono: boolean;
  readonly seen: Seen;
}

export interface PdfPage {
  readonly number: number;
  readonly width: number;
  readonly height: number;
  readonly items: readonly PageItem[];
  /** Where pictures are painted. */
  readonly pictures: readonly Box[];
  /** Thin horizontal lines: of tables, underlined words, and fractions. */
  readonly rules: readonly Box[];
  /** What a machine read from the page as drawn, where it has next to no text of its own. */
  readonly read?: MachineReading;
}

/** Lines that a machine read from a picture, in the order of reading. */
export type MachineReading =
  | { readonly kind: 'lines'; readonly lines: readonly ReadLine[] }
  | { readonly kind: 'not-read'; readonly why: string };

export interface ReadLine {
  readonly text: string;
  readonly box: Box;
  /** 0 to 1. */
  readonly confidence: number;
  /** Lines of one paragraph have the same number. */
  readonly paragraph: number;
}
