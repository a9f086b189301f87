import { createRequire } from 'node:module';
import { dirname, join, sep } from 'node:path';
import { createCanvas, type Canvas } from '@napi-rs/canvas';
import { Refusal, type DocumentBudgets, type PageItem, type PdfPage } from '@tensormark/documents';
import {
  getDocument,
  OPS,
  Util,
  VerbosityLevel,
  type PDFDocumentProxy,
  type PDFPageProxy,
} from 'pdfjs-dist/legacy/build/pdf.mjs';
import { largePicture } from './large-picture.js';
import { paintedOn } from './painted.js';
import type { ReadsLines } from './read-lines.js';
import { Comparison } from './seen.js';

/** What pages are drawn on, one after another: a canvas each would pile up, as what it holds is not counted as memory to collect. */
interface Ground {
  readonly whole: Canvas;
  readonly bare: Canvas;
}

type Operators = Awaited<ReturnType<PDFPageProxy['getOperatorList']>>;

const folder = dirname(createRequire(import.meta.url).resolve('pdfjs-dist/package.json'));
const MONOSPACE =
  /courier|consol|mono|menlo|monaco|typewriter|cmtt|inconsolata|source ?code|fira ?code|cascadia|lmtt/i;
/** Pages are compared at one pixel a point, and read by machine at about 200 dots an inch. */
const READ_SCALE = 2.8;
/** A page with less text than this of its own, and pictures, is a scan. */
const LITTLE_TEXT = 15;
const MUCH_PICTURE = 0.2;
const LARGEST_SIDE = 2000;
/** Of the whole document: a page of text has a few thousand, a plot of ten thousand points some tens of thousands. */
const MOST_OPERATIONS = 1_500_000;
const PAINTS_TEXT = new Set<number>([
  OPS.showText,
  OPS.showSpacedText,
  OPS.nextLineShowText,
  OPS.nextLineSetSpacingShowText,
]);

/** Draws each page with and without its text, and tells what stands on it and what of that is seen. Throws Refusal. */
export async function drawPages(
  pdf: Uint8Array,
  budgets: DocumentBudgets,
  reader: ReadsLines,
): Promise<readonly PdfPage[]> {
  const large = largePicture(pdf, budgets.pixels);
  if (large !== undefined) {
    throw new Refusal(
      'too-large',
      `The PDF holds a picture of ${large.width} × ${large.height} pixels; at most ${Math.round(budgets.pixels / 1_000_000)} million are read. Scan or save it smaller: 200 dots an inch are enough.`,
    );
  }
  const document = await open(pdf, budgets);
  const ground: Ground = { whole: createCanvas(1, 1), bare: createCanvas(1, 1) };
  if (document.numPages > budgets.pages) {
    throw new Refusal(
      'too-many-pages',
      `The PDF has ${document.numPages} pages; at most ${budgets.pages} are read. Upload only the pages with your answers.`,
    );
  }
  const pages: PdfPage[] = [];
  let read = 0;
  let operations = 0;
  for (let number = 1; number <= document.numPages; number++) {
    try {
      const page = await document.getPage(number);
      const operators = await page.getOperatorList();
      operations += operators.fnArray.length;
      if (operations > MOST_OPERATIONS) throw tooBusy(number);
      const drawn = await drawPage(page, { number, operators, ground }, budgets);
      const scan = isScan(drawn);
      if (scan) read++;
      pages.push(
        !scan
          ? drawn
          : {
              ...drawn,
              items: [],
              read: read > budgets.pictures ? tooMany(budgets) : await readScan(page, reader, budgets),
            },
      );
      page.cleanup();
    } catch (error) {
      if (error instanceof Refusal) throw error;
      throw broken();
    }
  }
  await document.loadingTask.destroy();
  return pages;
}

function tooBusy(number: number): Refusal {
  return new Refusal(
    'too-large',
    `Up to page ${number} the PDF draws over ${MOST_OPERATIONS} lines, letters and shapes. Put plots of many points into it as pictures, or upload only the pages with your answers.`,
  );
}

function tooMany({ pictures }: DocumentBudgets): PdfPage['read'] {
  return { kind: 'not-read', why: `only the first ${pictures} scanned pages are` };
}

async function open(pdf: Uint8Array, { pixels }: DocumentBudgets): Promise<PDFDocumentProxy> {
  const loading = getDocument({
    data: new Uint8Array(pdf),
    isEvalSupported: false,
    enableXfa: false,
    disableFontFace: true,
    useSystemFonts: false,
    useWorkerFetch: false,
    standardFontDataUrl: join(folder, 'standard_fonts') + sep,
    cMapUrl: join(folder, 'cmaps') + sep,
    cMapPacked: true,
    wasmUrl: join(folder, 'wasm') + sep,
    maxImageSize: pixels,
    stopAtErrors: false,
    verbosity: VerbosityLevel.ERRORS,
  });
  try {
    return await loading.promise;
  } catch (error) {
    if (error instanceof Error && error.name === 'PasswordException') {
      throw new Refusal(
        'encrypted',
        'The PDF is protected by a password. Save or print it to a PDF without one, and upload that.',
      );
    }
    throw broken();
  }
}

function broken(): Refusal {
  return new Refusal(
    'broken',
    'The PDF is broken and cannot be drawn. Export it again from the program that made it, and upload that.',
  );
}

async function drawPage(
  page: PDFPageProxy,
  {
    number,
    operators,
    ground,
  }: { readonly number: number; readonly operators: Operators; readonly ground: Ground },
  budgets: DocumentBudgets,
): Promise<PdfPage> {
  const viewport = page.getViewport({ scale: 1 });
  const { width, height } = viewport;
  if (!(width >= 1 && height >= 1)) throw broken();
  const scale = Math.min(1, LARGEST_SIDE / Math.max(width, height));
  const content = await page.getTextContent();
  const whole = await draw(page, scale, (width, height) => sized(ground.whole, width, height));
  const texts = content.items.filter((item) => 'str' in item);
  const bare = texts.some(({ str }) => str.trim() !== '')
    ? await draw(
        page,
        scale,
        (width, height) => sized(ground.bare, width, height),
        (index) => !PAINTS_TEXT.has(operators.fnArray[index] ?? -1),
      )
    : whole;
  const comparison = new Comparison(whole, bare, scale);
  const items = texts.flatMap((item): PageItem[] => {
    if (item.str === '') return [];
    const { box, baseline, size } = placeOf(item, viewport.transform);
    return [
      {
        text: item.str,
        box,
        baseline,
        size,
        mono: isMono(page, item.fontName, content.styles[item.fontName]?.fontFamily),
        seen: item.str.trim() === '' ? 'seen' : comparison.of(item.str, box, size, { width, height }),
      },
    ];
  });
  if (items.reduce((sum, { text }) => sum + text.length, 0) > budgets.characters) {
    throw new Refusal(
      'too-large',
      `Page ${number} of the PDF has over ${budgets.characters} characters. Upload only your answers.`,
    );
  }
  return { number, width, height, items, ...paintedOn(operators, viewport.transform) };
}

/** Where a piece of text stands, with what rises above its line and hangs below it; pages count downwards. */
function placeOf(
  { transform, width }: { readonly transform: readonly number[]; readonly width: number },
  page: readonly number[],
): Pick<PageItem, 'box' | 'baseline' | 'size'> {
  const matrix: readonly number[] = Util.transform(page, transform);
  const [a = 1, b = 0, c = 0, d = 1, left = 0, baseline = 0] = matrix;
  const size = Math.hypot(c, d);
  const angle = Math.atan2(b, a);
  const across = { x: Math.cos(angle) * width, y: Math.sin(angle) * width };
  const up = { x: Math.sin(angle) * size, y: -Math.cos(angle) * size };
  const corners = [0, 1].flatMap((along) =>
    [-0.25, 0.95].map((rise) => ({
      x: left + along * across.x + rise * up.x,
      y: baseline + along * across.y + rise * up.y,
    })),
  );
  const xs = corners.map(({ x }) => x);
  const ys = corners.map(({ y }) => y);
  return {
    baseline,
    size,
    box: {
      left: Math.min(...xs),
      top: Math.min(...ys),
      width: Math.max(...xs) - Math.min(...xs),
      height: Math.max(...ys) - Math.min(...ys),
    },
  };
}

/** Also where it has that size already: this clears it. */
function sized(canvas: Canvas, width: number, height: number): Canvas {
  canvas.width = width;
  canvas.height = height;
  return canvas;
}

async function draw(
  page: PDFPageProxy,
  scale: number,
  canvasOf: (width: number, height: number) => Canvas,
  paints?: (operation: number) => boolean,
): Promise<Canvas> {
  const viewport = page.getViewport({ scale });
  const canvas = canvasOf(Math.max(1, Math.ceil(viewport.width)), Math.max(1, Math.ceil(viewport.height)));
  await page.render({
    // Its canvas is that of a browser to the types, and this one to the code.
    canvas: canvas as unknown as HTMLCanvasElement,
    viewport,
    background: 'white',
    ...(paints === undefined ? {} : { operationsFilter: paints }),
  }).promise;
  return canvas;
}

function isMono(page: PDFPageProxy, font: string, family: string | undefined): boolean {
  if (family === 'monospace') return true;
  if (!page.commonObjs.has(font)) return false;
  const known: unknown = page.commonObjs.get(font);
  const name = typeof known === 'object' && known !== null && 'name' in known ? known.name : '';
  return typeof name === 'string' && MONOSPACE.test(name);
}

function isScan({ items, pictures, width, height }: PdfPage): boolean {
  const seen = items
    .filter((item) => item.seen !== 'unseen' && item.seen !== 'off-page')
    .map(({ text }) => text.trim());
  const covered = pictures.reduce((sum, box) => sum + box.width * box.height, 0);
  return seen.join('').length < LITTLE_TEXT && covered > MUCH_PICTURE * width * height;
}

async function readScan(
  page: PDFPageProxy,
  reader: ReadsLines,
  budgets: DocumentBudgets,
): Promise<PdfPage['read']> {
  const { width, height } = page.getViewport({ scale: 1 });
  const scale = Math.min(READ_SCALE, Math.sqrt(Math.min(budgets.pixels, 12_000_000) / (width * height)));
  const canvas = await draw(page, scale, createCanvas);
  return reader.read(canvas.toBuffer('image/png'), 1 / scale);
}
