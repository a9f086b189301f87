import { defineClass, getAttribute } from '@tensormark/python';
import type { PyValue } from '@tensormark/python';
import { assign, moduleClass } from './module.js';
import { ModuleObject } from './module-object.js';

/** How PyTorch reads its two old options (`torch.nn._reduction.legacy_get_string`), and the new one where neither is given. */
function reductionOf(average: PyValue, reduce: PyValue, reduction: PyValue): PyValue {
  if (average === null && reduce === null) return reduction;
  if (reduce === false) return 'none';
  return average === false ? 'sum' : 'mean';
}

/** What losses derive from, and what programs derive their own from. */
export const lossBase = defineClass({
  name: '_Loss',
  module: 'torch.nn.modules.loss',
  bases: [moduleClass],
  payload: ModuleObject,
  unknowns: 'accept',
  methods: {
    "__init__(size_average=None, reduce=None, reduction='mean')": (rt, self, average, reduce, reduction) => {
      self.initialise(rt);
      assign(rt, self, 'reduction', reductionOf(average ?? null, reduce ?? null, reduction ?? null));
      return null;
    },
  },
});

export const weightedLossBase = defineClass({
  name: '_WeightedLoss',
  module: 'torch.nn.modules.loss',
  bases: [lossBase],
  payload: ModuleObject,
  unknowns: 'accept',
  methods: {
    "__init__(weight=None, size_average=None, reduce=None, reduction='mean')": (
      rt,
      self,
      weight,
      average,
      reduce,
      reduction,
    ) => {
      self.initialise(rt);
      assign(rt, self, 'reduction', reductionOf(average ?? null, reduce ?? null, reduction ?? null));
      rt.call(getAttribute(rt, self, 'register_buffer'), ['weight', weight ?? null]);
      return null;
    },
  },
});
