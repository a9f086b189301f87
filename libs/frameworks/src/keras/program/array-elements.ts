import type { ArrayFacts, Size } from './array-facts.js';

/** What elements that are written down say of themselves. */
export function ofElements(shape: readonly Size[], elements: readonly number[]): ArrayFacts {
  let [low, high, isWhole] = [Infinity, -Infinity, true];
  for (const element of elements) {
    low = Math.min(low, element);
    high = Math.max(high, element);
    isWhole &&= Number.isInteger(element);
  }
  return {
    shape,
    elements,
    targets: targetsOf(shape, elements, isWhole, low, high),
    scale: low >= -1 && high <= 1 ? 'unit' : 'raw',
  };
}

function isOneHot(shape: readonly Size[], elements: readonly number[]): boolean {
  const [rows, width] = shape;
  if (shape.length !== 2 || rows === undefined || width === undefined || width < 2 || rows < 2) return false;
  for (let row = 0; row < rows; row++) {
    const part = elements.slice(row * width, (row + 1) * width);
    if (part.some((element) => element !== 0 && element !== 1)) return false;
    if (part.reduce((sum, element) => sum + element, 0) !== 1) return false;
  }
  return true;
}

/** What whole columns of numbers say they are; nothing where it could be either. */
function targetsOf(
  shape: readonly Size[],
  elements: readonly number[],
  isWhole: boolean,
  low: number,
  high: number,
): ArrayFacts['targets'] {
  const width = shape.at(-1) ?? 0;
  if (isOneHot(shape, elements)) return { kind: 'one-hot', count: width };
  if (!isWhole || low < 0) return { kind: 'real', hasNegative: low < 0 };
  if (shape.length !== 1 && (shape.length !== 2 || width !== 1)) return undefined;
  const distinct = new Set(elements).size;
  if (distinct > Math.max(2, elements.length / 3)) return { kind: 'real', hasNegative: false };
  // Classes are numbered from 0 on, and none is left out.
  return distinct >= 2 && distinct === high + 1 ? { kind: 'classes', count: distinct } : undefined;
}
