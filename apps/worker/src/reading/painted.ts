import type { Box } from '@tensormark/documents';
import { OPS, Util } from 'pdfjs-dist/legacy/build/pdf.mjs';

interface Operators {
  readonly fnArray: readonly number[];
  readonly argsArray: readonly unknown[];
}

const THIN = 1.6;
const MOST = 2000;
const PICTURES = new Set<number>([
  OPS.paintImageXObject,
  OPS.paintInlineImageXObject,
  OPS.paintImageMaskXObject,
  OPS.paintImageXObjectRepeat,
  OPS.paintImageMaskXObjectRepeat,
]);

/** Where a page paints pictures, and its thin horizontal lines. Follows the matrix through the page's operations. */
export function paintedOn(
  operators: Operators,
  viewport: readonly number[],
): { readonly pictures: readonly Box[]; readonly rules: readonly Box[] } {
  const pictures: Box[] = [];
  const rules: Box[] = [];
  const saved: (readonly number[])[] = [];
  let matrix: readonly number[] = viewport;
  operators.fnArray.forEach((operation, index) => {
    const given = operators.argsArray[index];
    if (operation === OPS.save) saved.push(matrix);
    else if (operation === OPS.restore) matrix = saved.pop() ?? viewport;
    else if (operation === OPS.transform) matrix = combined(matrix, numbers(given));
    else if (operation === OPS.paintFormXObjectBegin) {
      saved.push(matrix);
      matrix = combined(matrix, numbers(Array.isArray(given) ? given[0] : undefined));
    } else if (operation === OPS.paintFormXObjectEnd) matrix = saved.pop() ?? viewport;
    else if (PICTURES.has(operation) && pictures.length < MOST) pictures.push(boxOf(matrix, [0, 0, 1, 1]));
    else if (operation === OPS.constructPath && rules.length < MOST && Array.isArray(given)) {
      const extent = numbers(given[2]);
      if (extent.length !== 4 || !extent.every(Number.isFinite)) return;
      const box = boxOf(matrix, extent);
      if (box.height <= THIN && box.width > 3 * Math.max(0.3, box.height)) rules.push(box);
    }
  });
  return { pictures, rules };
}

function combined(matrix: readonly number[], by: readonly number[]): readonly number[] {
  return by.length === 6 ? Util.transform([...matrix], [...by]) : matrix;
}

function numbers(given: unknown): readonly number[] {
  if (given instanceof Float32Array) return [...given];
  return Array.isArray(given) ? given.filter((each) => typeof each === 'number') : [];
}

function boxOf(
  [a = 1, b = 0, c = 0, d = 1, e = 0, f = 0]: readonly number[],
  [x0 = 0, y0 = 0, x1 = 0, y1 = 0]: readonly number[],
): Box {
  const xs = [x0, x1].flatMap((x) => [y0, y1].map((y) => a * x + c * y + e));
  const ys = [x0, x1].flatMap((x) => [y0, y1].map((y) => b * x + d * y + f));
  const left = Math.min(...xs);
  const top = Math.min(...ys);
  return { left, top, width: Math.max(...xs) - left, height: Math.max(...ys) - top };
}
