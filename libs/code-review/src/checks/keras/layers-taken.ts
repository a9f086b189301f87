import { inputTensorShape, isValue, kerasOf } from '@tensormark/frameworks';
import type { Datum, KerasNetwork, Program, Step } from '@tensormark/frameworks';
import type { Found } from '../../check.js';
import { applications } from '../../ask/keras-calls.js';
import { places, spanOf } from '../../ask/places.js';

/** `other = Model(code, whole.layers[-1](code))`: a layer of a network called on what has another width than it was built for. */
export function* layersTaken(program: Program): Generator<Found> {
  const networks = kerasOf(program).models.flatMap(({ network }) => network ?? []);
  for (const { callee, args, moment } of applications(program)) {
    const [on] = args.positional;
    const step = stepOf(callee, networks);
    const built = step?.given?.at(-1);
    const given = inputTensorShape(on)?.at(-1);
    const at = moment.span;
    if (step?.layer?.type !== 'Dense' || built === undefined || given === undefined || at === undefined)
      continue;
    if (built === given) continue;
    yield {
      at,
      message: `This Dense layer was built for ${built} numbers, and is called on ${given}.`,
      evidence: [places(['the layer', step.layer.span], ['what it is called on', spanOf(on)])],
    };
  }
}

/** The step of a network that `network.layers[i]` is. */
function stepOf(datum: Datum, networks: readonly KerasNetwork[]): Step | undefined {
  if (!isValue(datum) || datum.made.kind !== 'operation' || datum.made.name !== 'getitem') return undefined;
  const [layers, index] = datum.made.args.positional;
  if (!isValue(layers) || layers.made.kind !== 'attribute' || layers.made.name !== 'layers') return undefined;
  const network = networks.find(({ value }) => value === layers.inputs[0]);
  if (network?.isWhole !== true || typeof index !== 'bigint') return undefined;
  // What is put in is a layer as well where it is a tensor.
  const before = network.inputSpan === undefined ? 0 : 1;
  const place = Number(index);
  return place < 0 ? network.steps.at(place) : network.steps[place - before];
}
