import type { PyValue, Runtime } from '@tensormark/python';
import { elementCount } from '@tensormark/network';
import type { KerasObject } from './object.js';
import { kerasTensorsIn } from './tree-of-tensors.js';
import { childLayers, weightsOf } from './tracking.js';

const WIDTHS = [29, 26, 10] as const;

/** The table that `summary()` prints. */
export function summaryOf(rt: Runtime, self: KerasObject): string {
  const layers = self.sequence ?? childLayers(self);
  const rows = layers.map((layer) => {
    rt.step(20);
    const count = weightsOf(layer).reduce((total, { shape }) => total + elementCount(shape), 0n);
    return row(`${layer.label} (${layer.cls.name})`, shapeText(layer.lastOutput), `${count}`);
  });
  const weights = weightsOf(self);
  const total = (of: typeof weights): bigint => of.reduce((sum, { shape }) => sum + elementCount(shape), 0n);
  return [
    `Model: "${self.label}"`,
    row('Layer (type)', 'Output Shape', 'Param #'),
    ...rows,
    `Total params: ${total(weights)}`,
    `Trainable params: ${total(weights.filter(({ requiresGrad }) => requiresGrad))}`,
    `Non-trainable params: ${total(weights.filter(({ requiresGrad }) => !requiresGrad))}`,
    '',
  ].join('\n');
}

function row(...cells: readonly string[]): string {
  return cells
    .map((cell, at) => cell.padEnd(WIDTHS[at] ?? 0))
    .join('')
    .trimEnd();
}

function shapeText(value: PyValue): string {
  const shapes = kerasTensorsIn(value).map(
    ({ sizes }) => `(${sizes.map((size) => size ?? 'None').join(', ')})`,
  );
  return shapes.length === 0 ? '?' : shapes.join(', ');
}
