import { application, isValue, kerasCall, layerOf } from '@tensormark/frameworks';
import type { CallArguments, KerasLayer, Moment, Value } from '@tensormark/frameworks';
import { eventsOf } from './events.js';
import { oncePerProgram } from './once.js';

type CallOfKeras = NonNullable<ReturnType<typeof kerasCall>> & { readonly moment: Moment };

/** Every call of a function or class of Keras, in order, with the moment of it. */
export const kerasCalls = oncePerProgram((program): readonly CallOfKeras[] => {
  const calls: CallOfKeras[] = [];
  for (const { result, moment } of eventsOf(program, 'call')) {
    const call = kerasCall(result);
    if (call !== undefined) calls.push({ ...call, moment });
  }
  return calls;
});

interface LayerMade {
  readonly layer: KerasLayer;
  readonly moment: Moment;
}

/** Every layer of Keras that is made, in order. */
export const layersMade = oncePerProgram((program): readonly LayerMade[] =>
  kerasCalls(program).flatMap(({ value, moment }) => {
    const layer = layerOf(value);
    return layer === undefined ? [] : [{ layer, moment }];
  }),
);

interface Application {
  readonly callee: Value;
  readonly args: CallArguments;
  readonly result: Value;
  readonly moment: Moment;
}

/** Every time that an object is called on something, in order: a layer on tensors, a network on a batch. */
export const applications = oncePerProgram((program): readonly Application[] => {
  const found: Application[] = [];
  for (const { result, moment } of eventsOf(program, 'call')) {
    const applied = application(result);
    if (applied !== undefined && isValue(result)) found.push({ ...applied, result, moment });
  }
  return found;
});

const IMPORTS_TORCH = /^\s*(import|from)\s+torch\b/m;

/**
 * Whether a program has to do with Keras or TensorFlow at all: it names one of them, or, as a fragment without imports or
 * by another file of its own, it calls what is Keras's.
 */
export const speaksOfKeras = oncePerProgram(
  (program) =>
    /keras|tensorflow|\btf\b/i.test(program.source) ||
    (!IMPORTS_TORCH.test(program.source) && kerasCalls(program).length > 0),
);
