import type { Box } from '../document.js';
import type { PageItem, PdfPage } from './page.js';

/** A line of a page as text. */
export interface PageLine {
  readonly text: string;
  readonly box: Box;
  readonly baseline: number;
  readonly size: number;
  readonly mono: boolean;
  /** Holds a fraction that is set as one number above another, and so was read in the wrong order or place. */
  readonly stacked: boolean;
}

/** Of the size of the line: a smaller glyph whose baseline is moved by more is a script. */
const SMALLER = 0.85;
const RAISED = 0.15;
const WORD_GAP = 0.18;
const COLUMN_GAP = 1.2;

/**
 * Puts the items of a page into lines, top to bottom, and writes each line: words with spaces where the page has gaps,
 * raised and lowered smaller glyphs as `^` and `_` (7² must not become 72), columns of tables apart, code with its indent.
 */
export function pageLines(page: PdfPage, items: readonly PageItem[], codeLeft: number): readonly PageLine[] {
  return groupByLine(items).map((line) => writeLine(line, codeLeft, page));
}

/** Columns of a step of indentation. */
const STEP = 4;

/**
 * Where the code of a page begins at the left; Infinity where it has none. `above` is where it begins on the page before,
 * if that ends in code: what goes on deeper by whole steps is indented still.
 */
export function leftOfCode(items: readonly PageItem[], above: number | null): number {
  const [outermost] = items
    .filter(({ mono }) => mono)
    .toSorted((one, other) => one.box.left - other.box.left);
  if (outermost === undefined) return Infinity;
  const { left } = outermost.box;
  if (above === null || above >= left || !beginsWithCode(items)) return left;
  const columns = (left - above) / (0.6 * outermost.size);
  const whole = Math.round(columns);
  return whole % STEP === 0 && Math.abs(columns - whole) < 0.15 ? above : left;
}

function beginsWithCode(items: readonly PageItem[]): boolean {
  const shown = items.filter(({ text }) => text.trim() !== '');
  const top = Math.min(...shown.map(({ baseline }) => baseline));
  return shown.every(({ baseline, mono }) => baseline > top || mono);
}

interface Group {
  /** The items that carry the line, without its scripts. */
  readonly size: number;
  readonly baseline: number;
  readonly items: PageItem[];
}

function groupByLine(items: readonly PageItem[]): readonly Group[] {
  const full = items.toSorted((one, other) => other.size - one.size);
  const groups: Group[] = [];
  for (const item of full) {
    const group = groups.find((each) => belongs(item, each));
    if (group === undefined) groups.push({ size: item.size, baseline: item.baseline, items: [item] });
    else group.items.push(item);
  }
  return groups.toSorted((one, other) => one.baseline - other.baseline);
}

function belongs(item: PageItem, { size, baseline, items }: Group): boolean {
  const off = Math.abs(item.baseline - baseline);
  if (off <= 0.12 * size) return true;
  if (item.size > SMALLER * size || off > 0.75 * size) return false;
  // A script stands close to what carries it.
  const middle = item.box.left;
  return items.some(
    ({ box }) => middle >= box.left - 0.3 * size && middle <= box.left + box.width + 0.6 * size,
  );
}

function writeLine({ size, baseline, items }: Group, monoLeft: number, page: PdfPage): PageLine {
  const inOrder = items.toSorted((one, other) => one.box.left - other.box.left);
  const mono = inOrder.every((item) => item.mono || item.text.trim() === '');
  let text = '';
  let end: number | undefined;
  let script: '' | '^' | '_' = '';
  let scripted = '';
  const flush = (): void => {
    if (scripted !== '') text += scripted.length === 1 ? `${script}${scripted}` : `${script}{${scripted}}`;
    scripted = '';
  };
  for (const item of inOrder) {
    // Gaps tell where spaces are; those of a script would stand on the wrong side of it.
    if (item.text.trim() === '') continue;
    const up = baseline - item.baseline;
    const sign = item.size <= SMALLER * size && Math.abs(up) > RAISED * size ? (up > 0 ? '^' : '_') : '';
    const gap = end === undefined ? 0 : item.box.left - end;
    if (sign !== script) flush();
    if (end === undefined && mono && Number.isFinite(monoLeft)) {
      text = ' '.repeat(Math.max(0, Math.round((item.box.left - monoLeft) / (0.6 * size))));
    } else if (mono) {
      text += ' '.repeat(Math.max(0, Math.round(gap / (0.6 * size))));
    } else if (gap > COLUMN_GAP * size) {
      flush();
      text += '    ';
    } else if (gap > WORD_GAP * size && sign === '' && !/\s$/.test(text) && !/^\s/.test(item.text)) {
      flush();
      text += ' ';
    }
    if (sign === '') text += item.text;
    else scripted += item.text.trim();
    script = sign;
    end = item.box.left + item.box.width;
  }
  flush();
  const box = around(inOrder.map((item) => item.box));
  return { text: text.trimEnd(), box, baseline, size, mono, stacked: isStacked(box, size, page) };
}

/** A short rule with text right above and right below it, as wide as the rule or less. */
function isStacked(line: Box, size: number, { rules, items }: PdfPage): boolean {
  return rules.some((rule) => {
    if (rule.width > 250 || rule.width < 2) return false;
    const near = rule.top > line.top - 1.3 * size && rule.top < line.top + line.height + 1.3 * size;
    const beside = rule.left < line.left + line.width + size && rule.left + rule.width > line.left - size;
    return near && beside && within(rule, items, -1.5 * size, -0.02) && within(rule, items, 0.02, 1.6 * size);
  });
}

function within(rule: Box, items: readonly PageItem[], from: number, to: number): boolean {
  return items.some(({ box, baseline, text, size }) => {
    const middle = baseline - 0.35 * size;
    const inside = box.left >= rule.left - 2 && box.left + box.width <= rule.left + rule.width + 2;
    return text.trim() !== '' && inside && middle > rule.top + from && middle < rule.top + to;
  });
}

export function around(boxes: readonly Box[]): Box {
  const left = Math.min(...boxes.map((box) => box.left));
  const top = Math.min(...boxes.map((box) => box.top));
  return {
    left,
    top,
    width: Math.max(...boxes.map((box) => box.left + box.width)) - left,
    height: Math.max(...boxes.map((box) => box.top + box.height)) - top,
  };
}
