import type { Canvas } from '@napi-rs/canvas';
import type { Box, Seen } from '@tensormark/documents';

/** Of 255, in one channel: fainter is not seen on paper or screen. */
const FAINTEST = 24;
const SMALLEST_POINTS = 3.5;
/** How many letters in a row must leave no trace before a line is said to be partly unseen. */
const LETTERS_IN_A_ROW = 8;
/** Variation of what is drawn without the text: more is a picture. */
const PLAIN = 40;

/** Compares a page with itself without its text: where nothing changes, the text there is not seen. */
export class Comparison {
  private readonly whole: Uint8ClampedArray;
  private readonly bare: Uint8ClampedArray;
  private readonly width: number;
  private readonly height: number;

  constructor(
    whole: Canvas,
    bare: Canvas,
    private readonly scale: number,
  ) {
    this.width = whole.width;
    this.height = whole.height;
    this.whole = whole.getContext('2d').getImageData(0, 0, this.width, this.height).data;
    this.bare = bare.getContext('2d').getImageData(0, 0, this.width, this.height).data;
  }

  of(text: string, box: Box, size: number, page: { readonly width: number; readonly height: number }): Seen {
    const outside =
      box.left + box.width < 1 ||
      box.top + box.height < 1 ||
      box.left > page.width - 1 ||
      box.top > page.height - 1;
    if (outside) return 'off-page';
    if (size < SMALLEST_POINTS) return 'tiny';
    const area = this.pixels(box);
    const columns: boolean[] = [];
    let changed = 0;
    let lightest = 0;
    let darkest = 255;
    for (let x = area.left; x < area.right; x++) {
      let inColumn = false;
      for (let y = area.top; y < area.bottom; y++) {
        const at = 4 * (y * this.width + x);
        for (let channel = 0; channel < 3; channel++) {
          const bare = this.bare[at + channel] ?? 255;
          lightest = Math.max(lightest, bare);
          darkest = Math.min(darkest, bare);
          if (Math.abs((this.whole[at + channel] ?? 255) - bare) > FAINTEST) inColumn = true;
        }
      }
      columns.push(inColumn);
      if (inColumn) changed++;
    }
    if (changed === 0) return lightest - darkest > PLAIN ? 'over-picture' : 'unseen';
    return this.hasGap(text, columns) ? 'partly' : 'seen';
  }

  /** Spaces leave no trace either, so they are not counted: a gap must be wider than the longest run of them. */
  private hasGap(text: string, columns: readonly boolean[]): boolean {
    if (text.length <= LETTERS_IN_A_ROW) return false;
    const letter = columns.length / text.length;
    const spaces = Math.max(0, ...[...text.matchAll(/\s+/g)].map(([run]) => run.length));
    let run = 0;
    let longest = 0;
    for (const column of columns) {
      run = column ? 0 : run + 1;
      longest = Math.max(longest, run);
    }
    return longest > letter * (LETTERS_IN_A_ROW + 2 * spaces);
  }

  private pixels({ left, top, width, height }: Box) {
    const inside = (value: number, most: number): number => Math.min(most, Math.max(0, value));
    return {
      left: inside(Math.floor(left * this.scale), this.width),
      right: inside(Math.ceil((left + width) * this.scale), this.width),
      top: inside(Math.floor(top * this.scale), this.height),
      bottom: inside(Math.ceil((top + height) * this.scale), this.height),
    };
  }
}
