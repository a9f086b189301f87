import {
  getItem,
  NativeIterator,
  PyDict,
  PyFunction,
  PyList,
  PyObject,
  PyRaise,
  PyTuple,
  PyUnknown,
} from '@tensormark/python';
import type { PyValue, Runtime } from '@tensormark/python';
import { DatasetObject, LoaderObject } from '../torch/modules/data.js';
import { TensorObject } from '../torch/tensor/tensor.js';
import type { ProgramLoader } from './value.js';
import type { Recording } from './recording.js';
import type { Making, Value } from './value.js';
import { visionDataOf } from './vision-data.js';
import type { VisionData } from './vision-data.js';
import type { Refusal } from './vision-transforms.js';

/** A loader whose batch size is unknown gives batches of this many. */
const ANY_BATCH = 4;
/** Every loader is gone over for two batches: enough to see what one leaves behind for the next. */
const BATCHES = 2;

/** Batches of a loader of which the length is known: how many rows the first has, and the last where it has fewer. */
export interface BatchSizes {
  readonly first: number;
  readonly last: number | undefined;
}

/** What a loader's batches have by way of rows; undefined where that is not known. */
export function sizesOf(
  rt: Runtime,
  recorder: Recording,
  loader: LoaderObject,
  known: ProgramLoader | undefined,
): BatchSizes | undefined {
  if (typeof loader.batchSize !== 'bigint' || loader.batchSize < 1n || known === undefined) return undefined;
  if (CHOOSING.some((name) => known.named.has(name))) return undefined;
  const rows = Number(loader.batchSize);
  const items = itemsOf(rt, recorder, loader.dataset);
  if (items === undefined || items < 1) return undefined;
  const rest = items % rows;
  return { first: Math.min(rows, items), last: items > rows && rest > 0 ? rest : undefined };
}

/** Arguments by which other items are taken, or other batches made. */
const CHOOSING = ['sampler', 'batch_sampler', 'drop_last', 'collate_fn'];

/** How many items a data set has: of tensors given, or as published. */
function itemsOf(rt: Runtime, recorder: Recording, dataset: PyValue): number | undefined {
  const data = visionDataOf(recorder.values.datum(rt, dataset));
  if (data !== undefined) return data.items;
  if (!(dataset instanceof DatasetObject)) return undefined;
  const [first] = dataset.tensors;
  return first instanceof TensorObject ? first.shape[0] : undefined;
}

/** What a loop over a loader gets. */
export function batchesOf(
  rt: Runtime,
  recorder: Recording,
  loader: LoaderObject,
  known: ProgramLoader | undefined,
  sizes: BatchSizes | undefined,
): NativeIterator {
  let turn = 0;
  return new NativeIterator('_SingleProcessDataLoaderIter', (at) => {
    recorder.loaderTurn = true;
    if (turn++ >= BATCHES) return undefined;
    return batchOf(
      at,
      recorder,
      loader,
      known,
      turn === BATCHES ? (sizes?.last ?? sizes?.first) : sizes?.first,
    );
  });
}

function batchOf(
  rt: Runtime,
  recorder: Recording,
  loader: LoaderObject,
  known: ProgramLoader | undefined,
  rows: number | undefined,
): PyValue {
  const size = rows ?? (typeof loader.batchSize === 'bigint' ? Number(loader.batchSize) : ANY_BATCH);
  const part = (at: number | string | undefined): Making =>
    known === undefined ? { kind: 'unknown', reason: 'a batch' } : { kind: 'batch', loader: known, part: at };
  const data = visionDataOf(recorder.values.datum(rt, loader.dataset));
  if (data?.refusal !== undefined) refuse(rt, recorder, data.refusal);
  const sample = data === undefined ? sampleOf(rt, loader.dataset) : pictureAndLabel(rt, data);
  const batch =
    known?.named.has('collate_fn') === true && loader.collate !== null
      ? collatedBy(rt, recorder, loader.collate, sample, size, part)
      : sample && collated(rt, recorder, sample, size, part);
  return batch ?? recorder.values.unknown(rt, 'the data that a loader gives', part(undefined), []);
}

/** Larger batches are put together of fewer examples, and what comes of them has no shape that is known. */
const MOST_COLLATED = 64;

/** What a function of the program's own makes of examples, part by part a batch; undefined where it cannot be followed. */
function collatedBy(
  rt: Runtime,
  recorder: Recording,
  collate: PyValue,
  sample: PyValue | undefined,
  size: number,
  part: (at: number | string | undefined) => Making,
): PyValue | undefined {
  if (!(collate instanceof PyFunction)) return undefined;
  const isWhole = size <= MOST_COLLATED;
  const item = sample ?? rt.unknown('an example of a data set');
  const items = new PyList(Array.from({ length: isWhole ? size : ANY_BATCH }, () => item));
  try {
    return asBatch(rt, recorder, rt.call(collate, [items]), isWhole, part);
  } catch (thrown) {
    if (thrown instanceof PyRaise) return undefined;
    throw thrown;
  }
}

/** Parts of a batch stand for themselves, and know of what they were made. */
function asBatch(
  rt: Runtime,
  recorder: Recording,
  made: PyValue,
  isWhole: boolean,
  part: (at: number | string | undefined) => Making,
  at?: number | string,
): PyValue {
  const { values } = recorder;
  if (made instanceof TensorObject || made instanceof PyUnknown) {
    const of = [values.valueOf(rt, made)];
    if (made instanceof PyUnknown || !isWhole)
      return values.unknown(rt, 'a part of what a loader gives', part(at), of);
    const tensor = new TensorObject(made);
    values.set(rt, tensor, part(at), of);
    return tensor;
  }
  if (made instanceof PyTuple || made instanceof PyList) {
    // A list of one thing for each example is as it is.
    if (made.items.length > MOST_PARTS) return made;
    const items = made.items.map((item, index) => asBatch(rt, recorder, item, isWhole, part, at ?? index));
    return made instanceof PyTuple ? new PyTuple(items) : new PyList(items);
  }
  if (made instanceof PyDict)
    return PyDict.from(
      rt,
      [...made.entries()].map(({ key, value }) => [
        key,
        asBatch(rt, recorder, value, isWhole, part, typeof key === 'string' ? key : undefined),
      ]),
    );
  return made;
}

const MOST_PARTS = 8;

/** What a transform would raise when the first picture is asked for. */
function refuse(rt: Runtime, recorder: Recording, { transform, type, message }: Refusal): void {
  recorder.record({
    kind: 'error',
    type,
    message,
    exact: true,
    call: undefined,
    args: undefined,
    module: undefined,
    from: 'torch',
    moment: { ...recorder.moment(rt), span: transform.span },
  });
}

/** An item of one of torchvision's data sets. */
function pictureAndLabel(rt: Runtime, { picture, labelled }: VisionData): PyValue | undefined {
  const { kind, channels, height, width } = picture ?? {};
  const image =
    kind === 'tensor' && channels !== undefined && height !== undefined && width !== undefined
      ? new TensorObject({ shape: [channels, height, width], dtype: 'float32' })
      : rt.unknown('a picture of a data set');
  return new PyTuple([image, labelled ? 0n : rt.unknown('a label of a data set')]);
}

/** One item of a data set, where the program says how it is made. */
function sampleOf(rt: Runtime, dataset: PyValue): PyValue | undefined {
  if (!(dataset instanceof PyObject) || dataset instanceof PyUnknown) return undefined;
  const method = dataset.cls.lookup('__getitem__');
  if (method === undefined || (!(dataset instanceof DatasetObject) && dataset.cls.native)) return undefined;
  try {
    const sample = getItem(rt, dataset, 0n);
    return sample instanceof PyUnknown ? undefined : sample;
  } catch (thrown) {
    if (thrown instanceof PyRaise) return undefined;
    throw thrown;
  }
}

/** Items put together as `default_collate` does. */
function collated(
  rt: Runtime,
  recorder: Recording,
  sample: PyValue,
  size: number,
  part: (at: number | string | undefined) => Making,
  at?: number | string,
): PyValue {
  const tensor = (
    shape: readonly number[],
    dtype: TensorObject['dtype'],
    of: readonly Value[] = [],
  ): TensorObject => {
    const made = new TensorObject({ shape: [size, ...shape], dtype });
    recorder.values.set(rt, made, part(at), of);
    return made;
  };
  if (sample instanceof TensorObject)
    return tensor(
      sample.shape,
      sample.dtype,
      recorder.values.has(sample) ? [recorder.values.valueOf(rt, sample)] : [],
    );
  if (typeof sample === 'bigint') return tensor([], 'int64');
  if (typeof sample === 'boolean') return tensor([], 'bool');
  if (typeof sample === 'number') return tensor([], 'float64');
  if (sample instanceof PyTuple || sample instanceof PyList)
    return new PyList(
      sample.items.map((item, index) => collated(rt, recorder, item, size, part, at ?? index)),
    );
  if (sample instanceof PyDict)
    return PyDict.from(
      rt,
      [...sample.entries()].map(({ key, value }) => [
        key,
        collated(rt, recorder, value, size, part, typeof key === 'string' ? key : undefined),
      ]),
    );
  const of = sample instanceof PyUnknown ? [recorder.values.valueOf(rt, sample)] : [];
  return recorder.values.unknown(rt, 'a part of what a loader gives', part(at), of);
}
