import { createCanvas, loadImage } from '@napi-rs/canvas';
import { Refusal, type DocumentBudgets, type Readers } from '@tensormark/documents';
import { pictureSize } from './picture-size.js';
import { isWhole } from './whole-picture.js';
import type { ReadsLines } from './read-lines.js';

const MOST_READ = 6_000_000;

/** Reads a picture; its size is looked up before anything is unpacked. Throws Refusal. */
export async function readPicture(
  bytes: Uint8Array,
  budgets: DocumentBudgets,
  reader: ReadsLines,
): Promise<Awaited<ReturnType<Readers['picture']>>> {
  const size = pictureSize(bytes);
  if (size === undefined) throw broken();
  const { width, height } = size;
  if (width * height > budgets.pixels) {
    throw new Refusal(
      'too-large',
      `The picture has ${width} × ${height} pixels; at most ${Math.round(budgets.pixels / 1_000_000)} million are read. Scan or save it smaller: 200 dots an inch are enough.`,
    );
  }
  if (!isWhole(bytes)) {
    throw new Refusal(
      'broken',
      'The picture is cut off: its end is missing, so answers may be too. Take or export it again as PNG or JPEG, and upload that.',
    );
  }
  const scale = Math.min(1, Math.sqrt(MOST_READ / (width * height)));
  const canvas = createCanvas(
    Math.max(1, Math.round(width * scale)),
    Math.max(1, Math.round(height * scale)),
  );
  const context = canvas.getContext('2d');
  context.fillStyle = 'white';
  context.fillRect(0, 0, canvas.width, canvas.height);
  try {
    context.drawImage(await loadImage(Buffer.from(bytes)), 0, 0, canvas.width, canvas.height);
  } catch {
    throw broken();
  }
  return { width, height, read: await reader.read(canvas.toBuffer('image/png'), 1 / scale) };
}

function broken(): Refusal {
  return new Refusal(
    'broken',
    'The picture is broken and cannot be drawn. Take or export it again as PNG or JPEG, and upload that.',
  );
}
