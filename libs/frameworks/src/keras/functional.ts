import type { PyValue, Runtime } from '@tensormark/python';
import { tell } from './compute.js';
import { KerasObject } from './object.js';
import { unknownWithin } from './shapes.js';
import { kerasTensorsIn } from './tree-of-tensors.js';
import type { KerasTensor, Step } from './tensor.js';

/** `Model(inputs, outputs)`: all that was done on the way from the ones to the others. */
export function putTogether(rt: Runtime, self: KerasObject, inputs: PyValue, outputs: PyValue): void {
  const unknown = unknownWithin(inputs) ?? unknownWithin(outputs);
  if (unknown !== undefined) {
    self.unreadable = unknown;
    return;
  }
  const starts = new Set(kerasTensorsIn(inputs));
  const ends = kerasTensorsIn(outputs);
  if (starts.size === 0 || ends.length === 0) {
    tell(
      rt,
      {
        type: 'ValueError',
        message: 'All `inputs` and `outputs` values must be KerasTensors.',
        exact: false,
      },
      rt.span,
    );
    self.unreadable = rt.unknown('a model of what is no tensor');
    return;
  }
  const { steps, loose } = stepsBetween(rt, starts, ends);
  if (loose !== undefined)
    tell(
      rt,
      {
        type: 'ValueError',
        message: `Graph disconnected: cannot obtain value for tensor that the outputs come from; it comes from none of the inputs.`,
        exact: false,
      },
      rt.span,
    );
  self.graph = { inputs, outputs, steps };
  self.built = true;
  const { modules } = self.registries ?? self.initialise(rt);
  for (const layer of inOrder(steps, ends)) {
    let name = layer.label.replaceAll('.', '_');
    while (modules.get(rt, name) !== undefined && modules.get(rt, name) !== layer) name = `${name}_`;
    modules.set(rt, name, layer);
  }
}

interface Way {
  /** Each after those whose outputs it needs. */
  readonly steps: readonly Step[];
  /** A tensor on the way that comes from nowhere. */
  readonly loose: KerasTensor | undefined;
}

function stepsBetween(rt: Runtime, starts: ReadonlySet<KerasTensor>, ends: readonly KerasTensor[]): Way {
  const steps: Step[] = [];
  const done = new Set<Step>();
  let loose: KerasTensor | undefined;
  const waiting: { readonly step: Step; entered: boolean }[] = [];
  const need = (tensor: KerasTensor): void => {
    if (starts.has(tensor)) return;
    const { history } = tensor;
    if (history === undefined) loose ??= tensor;
    else if (!done.has(history.step)) waiting.push({ step: history.step, entered: false });
  };
  for (const end of ends) {
    need(end);
    for (let next = waiting.at(-1); next !== undefined; next = waiting.at(-1)) {
      rt.step(2);
      if (next.entered || done.has(next.step)) {
        waiting.pop();
        if (!done.has(next.step)) steps.push(next.step);
        done.add(next.step);
        continue;
      }
      next.entered = true;
      for (const input of next.step.inputs.toReversed()) need(input);
    }
  }
  return { steps, loose };
}

/** The layers as Keras lists them: by how far they are from the outputs, and then as the steps come. */
function inOrder(steps: readonly Step[], ends: readonly KerasTensor[]): readonly KerasObject[] {
  const depths = new Map<Step, number>();
  const layerDepths = new Map<KerasObject, number>();
  const deepen = (step: Step | undefined, depth: number): void => {
    if (step !== undefined) depths.set(step, Math.max(depths.get(step) ?? 0, depth));
  };
  for (const end of ends) deepen(end.history?.step, 0);
  for (const step of steps.toReversed()) {
    const { layer } = step;
    const depth = Math.max(
      depths.get(step) ?? 0,
      (layer instanceof KerasObject ? layerDepths.get(layer) : undefined) ?? 0,
    );
    depths.set(step, depth);
    if (layer instanceof KerasObject) layerDepths.set(layer, depth);
    for (const input of step.inputs) deepen(input.history?.step, depth + 1);
  }
  const layers = [...new Set(steps.flatMap(({ layer }) => (layer instanceof KerasObject ? [layer] : [])))];
  return layers.toSorted((a, b) => (layerDepths.get(b) ?? 0) - (layerDepths.get(a) ?? 0));
}
