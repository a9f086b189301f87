import {
  defineClass,
  defineModule,
  getItem,
  keywords,
  length,
  PyList,
  PyObject,
  PyTuple,
  PyUnknown,
  rest,
} from '@tensormark/python';
import type { NativeImplementation, NativeModule, PyValue, Runtime } from '@tensormark/python';
import { TensorObject } from '../tensor/tensor.js';

/** A base for the program's own data sets. */
export class DatasetObject extends PyObject {
  tensors: readonly PyValue[] = [];
}

const datasetClass = defineClass({
  name: 'Dataset',
  module: 'torch.utils.data',
  payload: DatasetObject,
  allocate: (cls) => new DatasetObject(cls),
  unknowns: 'accept',
  methods: { '__add__(other)': (rt) => rt.unknown('data sets put together') },
  classMethods: { '__class_getitem__(item)': (_rt, cls) => cls },
});

const iterableClass = defineClass({
  name: 'IterableDataset',
  module: 'torch.utils.data',
  bases: [datasetClass],
  payload: DatasetObject,
});

const tensorDatasetClass = defineClass({
  name: 'TensorDataset',
  module: 'torch.utils.data',
  bases: [datasetClass],
  payload: DatasetObject,
  unknowns: 'accept',
  methods: {
    '__init__(*tensors)': (_rt, self, tensors) => {
      self.tensors = rest(tensors ?? null);
      return null;
    },
    '__len__()': (rt, self) => {
      const [first] = self.tensors;
      if (first instanceof PyUnknown) return rt.unknown('how many items a data set has');
      return first instanceof TensorObject ? BigInt(first.shape[0] ?? 0) : 0n;
    },
    '__getitem__(index)': (rt, self, index) =>
      new PyTuple(self.tensors.map((tensor) => getItem(rt, tensor, index ?? null))),
  },
  properties: { tensors: (_rt, self) => new PyTuple(self.tensors) },
});

/** A part of a data set, as `random_split` gives it. */
class SubsetObject extends DatasetObject {
  source: PyValue = null;
}

const subsetClass = defineClass({
  name: 'Subset',
  module: 'torch.utils.data',
  bases: [datasetClass],
  payload: SubsetObject,
  methods: {
    '__len__()': (rt) => rt.unknown('how many items a part of a data set has'),
    '__getitem__(index)': (rt, self, index) => getItem(rt, self.source, index ?? null),
  },
  properties: {
    dataset: (_rt, self) => self.source,
    indices: (rt) => rt.unknown('which items a part of a data set has'),
  },
});

const randomSplit: NativeImplementation = (rt, dataset, lengths) => {
  const isKnown = dataset instanceof PyObject && !(dataset instanceof PyUnknown);
  if (!isKnown || !(lengths instanceof PyList || lengths instanceof PyTuple))
    return rt.unknown('the parts of a data set');
  return new PyList(
    lengths.items.map(() => {
      const part = new SubsetObject(subsetClass);
      part.source = dataset;
      return part;
    }),
  );
};

/** Batches come from data that nobody has here: a loop over them runs zero times, and a note says so. */
export class LoaderObject extends PyObject {
  dataset: PyValue = null;
  batchSize: PyValue = 1n;
  /** What puts examples together, where the program says. */
  collate: PyValue = null;
  /** What else it was given by name. */
  settings: ReadonlyMap<string, PyValue> = new Map();
}

/** What a loader is asked for as it was given it, where it was; else nothing is known of it. */
function setting(name: string, usual?: PyValue) {
  return (rt: Runtime, { settings }: LoaderObject): PyValue =>
    settings.get(name) ?? usual ?? rt.unknown(`the ${name} of a loader`);
}

const loaderClass = defineClass({
  name: 'DataLoader',
  unfollowed: 'check_worker_number_rationality in_order multiprocessing_context pin_memory_device',
  module: 'torch.utils.data',
  payload: LoaderObject,
  allocate: (cls) => new LoaderObject(cls),
  unknowns: 'accept',
  methods: {
    '__init__(dataset, batch_size=1, shuffle=None, *args, collate_fn=None, **kwargs)': (
      _rt,
      self,
      dataset,
      batchSize,
      _shuffle,
      _args,
      collate,
      kwargs,
    ) => {
      self.settings = keywords(kwargs ?? null);
      self.dataset = dataset ?? null;
      self.batchSize = batchSize ?? null;
      self.collate = collate ?? null;
      return null;
    },
    '__iter__()': (rt) => rt.unknown('the data that a loader gives'),
    '__len__()': (rt, self) => {
      if (self.dataset instanceof PyUnknown || typeof self.batchSize !== 'bigint')
        return rt.unknown('how many batches a loader gives');
      const items = self.dataset instanceof DatasetObject ? self.dataset.tensors[0] : undefined;
      if (items instanceof PyUnknown) return rt.unknown('how many batches a loader gives');
      return BigInt(Math.ceil(length(rt, self.dataset) / Number(self.batchSize)));
    },
  },
  properties: {
    dataset: (_rt, self) => self.dataset,
    batch_size: (_rt, self) => self.batchSize,
    collate_fn: (rt, self) => self.collate ?? rt.unknown('the collate_fn of a loader'),
    sampler: setting('sampler'),
    batch_sampler: setting('batch_sampler'),
    drop_last: setting('drop_last', false),
    num_workers: setting('num_workers', 0n),
    pin_memory: setting('pin_memory', false),
    generator: setting('generator'),
    timeout: setting('timeout'),
    worker_init_fn: setting('worker_init_fn'),
    prefetch_factor: setting('prefetch_factor'),
    persistent_workers: setting('persistent_workers', false),
  },
});

export const data: readonly NativeModule[] = [
  defineModule({
    name: 'torch.utils.data',
    classes: [datasetClass, iterableClass, tensorDatasetClass, loaderClass],
    functions: { 'random_split(dataset, lengths, generator=None)': randomSplit },
    unknowns: 'accept',
    missing: 'unknown',
  }),
  defineModule({ name: 'torch.utils.data.dataset', classes: [datasetClass], missing: 'unknown' }),
  defineModule({ name: 'torch.utils.data.dataloader', classes: [loaderClass], missing: 'unknown' }),
];
