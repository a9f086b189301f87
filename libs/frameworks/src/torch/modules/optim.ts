import {
  defineClass,
  defineModule,
  keywords,
  PyDict,
  PyList,
  PyObject,
  PyUnknown,
  rest,
  toArray,
  typeOf,
  unknownArising,
} from '@tensormark/python';
import type { NativeModule, Place, PyClass, PyValue, Runtime } from '@tensormark/python';
import { readingOf } from '../../trace/reading.js';
import { TensorObject } from '../tensor/tensor.js';
import { OPTIMIZER_SETTINGS } from './optimizer-settings.js';

/** An optimiser: the parameters it was given, in groups; stepping changes nothing that is read. */
export class OptimizerObject extends PyObject {
  groups = new PyList([]);
  defaults = new PyDict();
  readonly parameters = new Set<TensorObject>();
  place: Place | undefined = undefined;

  addGroup(rt: Runtime, group: PyDict, defaults: ReadonlyMap<string, PyValue>): void {
    const given = group.get(rt, 'params') ?? null;
    const params = given instanceof TensorObject || given instanceof PyUnknown ? [given] : toArray(rt, given);
    for (const param of params) {
      if (param instanceof TensorObject && param.requiresGrad && param.computed)
        rt.raise('ValueError', "can't optimize a non-leaf Tensor");
      if (param instanceof TensorObject) this.parameters.add(param);
      else if (!(param instanceof PyUnknown))
        rt.raise(
          'TypeError',
          `optimizer can only optimize Tensors, but one of the params is ${typeOf(param).name}`,
        );
    }
    group.set(rt, 'params', new PyList(params));
    for (const [name, value] of defaults) if (group.get(rt, name) === undefined) group.set(rt, name, value);
    this.groups.items.push(group);
  }
}

const usedUp = new WeakMap<object, PyValue[]>();

/**
 * What an optimiser is given. Of `if adam: Adam(params) elif sgd: SGD(params)` both arms are read, and the first would use up the
 * generator that only one of them gets.
 */
function parametersIn(rt: Runtime, given: PyValue): PyValue[] {
  const items = toArray(rt, given);
  if (typeof given !== 'object' || given === null) return items;
  if (items.length === 0) return usedUp.get(given) ?? items;
  usedUp.set(given, items);
  return items;
}

const optimizerClass = defineClass({
  name: 'Optimizer',
  unfollowed:
    'OptimizerPostHook OptimizerPreHook profile_hook_step register_load_state_dict_post_hook ' +
    'register_load_state_dict_pre_hook register_state_dict_post_hook register_state_dict_pre_hook ' +
    'register_step_post_hook register_step_pre_hook',
  module: 'torch.optim.optimizer',
  payload: OptimizerObject,
  allocate: (cls) => new OptimizerObject(cls),
  unknowns: 'accept',
  methods: {
    '__init__(params, *args, **kwargs)': (rt, self, params, args, kwargs) => {
      self.place = rt.place;
      // What `**options` gives is not known, its rate as little as the rest.
      const defaults =
        kwargs instanceof PyUnknown ? new Map<string, PyValue>([['lr', kwargs]]) : keywords(kwargs ?? null);
      // An optimiser of the program's own hands its settings on in a dict: `super().__init__(params, defaults)`.
      const given = rest(args ?? null);
      const handed = given[0] ?? defaults.get('defaults');
      if (handed instanceof PyDict)
        for (const { key, value } of handed.entries()) if (typeof key === 'string') defaults.set(key, value);
      const settings = self.cls.mro.map(({ name, native }) =>
        native ? OPTIMIZER_SETTINGS[name] : undefined,
      );
      for (const [at, [name, standard]] of (settings.find((one) => one !== undefined) ?? []).entries())
        if (!defaults.has(name)) defaults.set(name, given[at] ?? standard);
      self.defaults = PyDict.from(rt, [...defaults]);
      if (params instanceof PyUnknown) {
        // There are groups all the same, and who goes over them meets something in them.
        self.groups.items.push(PyDict.from(rt, [['params', new PyList([params])], ...defaults]));
        return null;
      }
      if (params instanceof TensorObject)
        return rt.raise(
          'TypeError',
          `params argument given to the optimizer should be an iterable of Tensors or dicts, but got ${typeOf(params).name}`,
        );
      const items = parametersIn(rt, params ?? null);
      if (items.length === 0) return rt.raise('ValueError', 'optimizer got an empty parameter list');
      if (items.some((item) => item instanceof PyDict)) {
        for (const group of items)
          if (group instanceof PyDict) self.addGroup(rt, group, defaults);
          else if (group instanceof PyUnknown)
            self.addGroup(rt, PyDict.from(rt, [['params', new PyList([group])]]), defaults);
      } else {
        self.addGroup(rt, PyDict.from(rt, [['params', new PyList(items)]]), defaults);
      }
      readingOf(rt).optimizers.push(self);
      return null;
    },
    'zero_grad(set_to_none=True)': (_rt, self) => {
      for (const parameter of self.parameters) parameter.gradient = null;
      return null;
    },
    // What the closure gives, the loss, is what the step gives.
    'step(closure=None)': (rt, _self, closure) =>
      closure instanceof PyUnknown ? closure : closure === null ? null : rt.call(closure ?? null, []),
    'state_dict()': (rt) => openDict(rt, 'what an optimiser or a schedule keeps'),
    'load_state_dict(state_dict)': () => null,
    'add_param_group(param_group)': (rt, self, group) => {
      if (group instanceof PyDict) self.addGroup(rt, group, new Map());
      return null;
    },
  },
  properties: {
    param_groups: {
      get: (_rt, self) => self.groups,
      set: (_rt, self, groups) => {
        if (groups instanceof PyList) self.groups = groups;
      },
    },
    state: (rt) => openDict(rt, 'what an optimiser keeps of each parameter'),
    defaults: (_rt, self) => self.defaults,
  },
});

/** A dict of which nothing is known but that it is one. */
function openDict(rt: Runtime, reason: string): PyDict {
  const dict = new PyDict();
  dict.unknownEntries = unknownArising(rt, reason);
  return dict;
}

/** A schedule of learning rates: takes what it is given, and steps without effect. */
export class SchedulerObject extends PyObject {}

const schedulerBase = defineClass({
  name: 'LRScheduler',
  unfollowed:
    'T_cur T_i T_max T_mult anneal_func anneal_strategy base_lrs base_momentums best cooldown ' +
    'cooldown_counter cycle_momentum default_min_lr end_factor eps eta_min factor gamma gammas ' +
    'in_cooldown last_epoch lr_lambdas max_lrs milestones min_lrs mode mode_worse num_bad_epochs ' +
    'optimizer patience power scale_fn scale_mode start_factor step_ratio step_size threshold ' +
    'threshold_mode total_iters total_size total_steps use_beta1 verbose',
  module: 'torch.optim.lr_scheduler',
  payload: SchedulerObject,
  allocate: (cls) => new SchedulerObject(cls),
  unknowns: 'accept',
  methods: {
    // The rate that it begins with is kept in each group.
    '__init__(*args, **kwargs)': (rt, _self, args) => {
      const [optimizer] = rest(args ?? null);
      if (optimizer instanceof OptimizerObject)
        for (const group of optimizer.groups.items)
          if (group instanceof PyDict && group.get(rt, 'initial_lr') === undefined)
            group.set(rt, 'initial_lr', group.get(rt, 'lr') ?? null);
      return null;
    },
    'step(*args, **kwargs)': () => null,
    'get_last_lr()': (rt) => rt.unknown('a learning rate that a schedule sets'),
    'get_lr()': (rt) => rt.unknown('a learning rate that a schedule sets'),
    'state_dict()': (rt) => openDict(rt, 'what an optimiser or a schedule keeps'),
    'load_state_dict(state_dict)': () => null,
  },
});

const SCHEDULERS = [
  '_LRScheduler',
  'ChainedScheduler',
  'ConstantLR',
  'CosineAnnealingLR',
  'CosineAnnealingWarmRestarts',
  'CyclicLR',
  'ExponentialLR',
  'LambdaLR',
  'LinearLR',
  'MultiStepLR',
  'MultiplicativeLR',
  'OneCycleLR',
  'PolynomialLR',
  'ReduceLROnPlateau',
  'SequentialLR',
  'StepLR',
];

function derived(base: PyClass, name: string, module: string): PyClass {
  return defineClass({ name, module, bases: [base], payload: PyObject });
}

export const optim: readonly NativeModule[] = [
  defineModule({
    name: 'torch.optim',
    classes: [
      optimizerClass,
      ...Object.keys(OPTIMIZER_SETTINGS).map((name) =>
        derived(optimizerClass, name, `torch.optim.${name.toLowerCase()}`),
      ),
    ],
  }),
  defineModule({
    name: 'torch.optim.lr_scheduler',
    classes: [
      schedulerBase,
      ...SCHEDULERS.map((name) => derived(schedulerBase, name, 'torch.optim.lr_scheduler')),
    ],
    missing: 'unknown',
  }),
  defineModule({ name: 'torch.optim.optimizer', classes: [optimizerClass], missing: 'unknown' }),
];
