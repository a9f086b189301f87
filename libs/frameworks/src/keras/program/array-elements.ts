import type { ArrayFacts, Size } from './array-facts.js';

/** What elements that are written down say of themselves. */
export function ofElements(shape: readonly Size[], elements: readonly number[]): ArrayFacts {
  let [low, high, isWhole] = [Infinity, -Infinity, true];
  for (const element of elements) {
    low = Math.min(low, element);
    high = Math.max(high, element);
    isWhole &&= Number.isInteger(element);
  }
  const width = shape.at(-1) ?? 0;
  const isColumn = shape.length === 1 || (shape.length === 2 && width === 1);
  return {
    shape,
    elements,
    targets: isOneHot(shape, elements)
      ? { kind: 'one-hot', count: width }
      : !isWhole || low < 0 || (isColumn && new Set(elements).size > Math.max(2, elements.length / 3))
        ? { kind: 'real', hasNegative: low < 0 }
        : isColumn
          ? { kind: 'classes', count: high + 1 }
          : undefined,
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
