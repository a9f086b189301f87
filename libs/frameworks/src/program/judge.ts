import type { Interpreter } from '@tensormark/python';
import type { PyClass, PyValue } from '@tensormark/python';
import { ModuleObject } from '../torch/nn/module-object.js';
import { TensorObject } from '../torch/tensor/tensor.js';
import type { ProgramEvent } from './events.js';
import { LOSS_FUNCTIONS } from './losses.js';
import type { ProgramLoader } from './value.js';
import type { ProgramModule } from './objects.js';
import { outermostOf } from './outermost.js';
import type { Recorder } from './recorder.js';
import { visionDataOf } from './vision-data.js';

/** The one loss of a file that nothing in it computes, and the loader that its labels come of, where that is known. */
export interface Judge {
  readonly module: ProgramModule;
  readonly object: ModuleObject;
  readonly loader: ProgramLoader | undefined;
}

/**
 * A file with one network that it never calls, one loss that it never computes and loaders that it never goes over hands all of
 * them to something else, `fit(net, criterion, loader)`: that loss is for what that network gives.
 */
export function judgeOf({ values, events }: Recorder): Judge | undefined {
  const losses = values.modules.filter(
    ({ isNative, type, object }) =>
      isNative && Object.hasOwn(LOSS_FUNCTIONS, type) && object instanceof ModuleObject,
  );
  const [module, ...others] = losses;
  if (module === undefined || others.length > 0 || !(module.object instanceof ModuleObject)) return undefined;
  if (module.parents.length > 0 || events.some(({ kind }) => kind === 'loss')) return undefined;
  return { module, object: module.object, loader: loaderOfLabels(values.loaders) };
}

function loaderOfLabels(loaders: readonly ProgramLoader[]): ProgramLoader | undefined {
  const [first, ...others] = loaders;
  const classesOf = ({ dataset, named }: ProgramLoader): number | undefined => {
    const data = visionDataOf(dataset);
    return data?.labelled === true && !named.has('collate_fn') ? data.classes : undefined;
  };
  const classes = first && classesOf(first);
  return classes !== undefined && others.every((one) => classesOf(one) === classes) ? first : undefined;
}

/** The loss of what the network gave for so many examples, as an event where the loss is made: nowhere in the file is it computed. */
export function lossesOf(
  python: Interpreter,
  recorder: Recorder,
  { module, object, loader }: Judge,
  { given, batch }: { readonly given: PyValue; readonly batch: number },
): readonly ProgramEvent[] {
  const before = recorder.events.length;
  python.run((rt) => {
    const labels =
      loader === undefined
        ? recorder.values.unknown(rt, 'the labels', { kind: 'unknown', reason: 'labels' }, [])
        : new TensorObject({ shape: [batch], dtype: 'int64' });
    if (loader !== undefined) recorder.values.set(rt, labels, { kind: 'batch', loader, part: 1 }, []);
    return rt.call(object, [given, labels]);
  });
  return recorder.events
    .slice(before)
    .flatMap((event) =>
      event.kind === 'loss' ? [{ ...event, moment: { ...event.moment, span: module.span } }] : [],
    );
}

/**
 * The same for what the file's one network gave for something of which nothing is known: what its last layer is, is known all the same.
 */
export function judgeAnswer(
  python: Interpreter,
  recorder: Recorder,
  answers: ReadonlyMap<PyClass, PyValue>,
): void {
  const judge = judgeOf(recorder);
  if (judge === undefined) return;
  const { values, events } = recorder;
  const [only, ...others] = outermostOf(recorder, [...answers.keys()]);
  const given = only && answers.get(only);
  if (given === undefined || others.length > 0 || !values.modules.some(({ object }) => object.cls === only))
    return;
  const before = events.length;
  const losses = lossesOf(python, recorder, { ...judge, loader: undefined }, { given, batch: 0 });
  events.length = before;
  events.push(...losses);
}
