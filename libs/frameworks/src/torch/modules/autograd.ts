import {
  defineClass,
  defineModule,
  findAttribute,
  keywords,
  toArray,
  PyObject,
  PyTuple,
  PyUnknown,
  rest,
} from '@tensormark/python';
import type { NativeModule } from '@tensormark/python';
import { readingOf } from '../../trace/reading.js';
import { sameTensor } from '../tensor/derive.js';
import { TensorObject } from '../tensor/tensor.js';
import { changesNothing, contextFunction, gradients } from './decorators.js';

/** What `forward` of a function of the program keeps for `backward`, which is never run. */
class FunctionContext extends PyObject {
  saved = new PyTuple([]);
}

const contextClass = defineClass({
  name: 'FunctionCtx',
  module: 'torch.autograd.function',
  payload: FunctionContext,
  allocate: (cls) => new FunctionContext(cls),
  methods: {
    'save_for_backward(*tensors)': (_rt, self, tensors) => {
      self.saved = new PyTuple(rest(tensors ?? null));
      return null;
    },
    'save_for_forward(*tensors)': () => null,
    'mark_dirty(*args)': () => null,
    'mark_non_differentiable(*args)': () => null,
    'set_materialize_grads(value)': () => null,
  },
  properties: {
    saved_tensors: (_rt, self) => self.saved,
    saved_variables: (_rt, self) => self.saved,
    needs_input_grad: () => new PyTuple(Array.from({ length: 64 }, () => true)),
  },
});

/** `torch.autograd.Function`: what it does forwards is what its `forward` does. */
const functionClass = defineClass({
  name: 'Function',
  unfollowed:
    'boxed_grads_call clear_saved_tensors_on_access dirty_tensors generate_vmap_rule jvp ' +
    'mark_shared_storage materialize_grads maybe_clear_saved_tensors metadata name next_functions ' +
    'non_differentiable register_hook register_prehook requires_grad saved_for_forward ' +
    'to_save vjp vmap',
  module: 'torch.autograd.function',
  bases: [contextClass],
  payload: FunctionContext,
  allocate: (cls) => new FunctionContext(cls),
  unknowns: 'accept',
  classMethods: {
    'apply(*args, **kwargs)': (rt, cls, args, kwargs) => {
      const given = rest(args ?? null);
      readingOf(rt).trace?.depart('a function of the program has a way back of its own', rt.span);
      const forward = findAttribute(rt, cls, 'forward');
      if (forward === undefined)
        return rt.raise(
          'NotImplementedError',
          'You must implement the forward function for custom autograd.Function.',
        );
      const context = new FunctionContext(contextClass);
      const setUp = findAttribute(rt, cls, 'setup_context');
      if (setUp === undefined) return rt.call(forward, [context, ...given], keywords(kwargs ?? null));
      const result = rt.call(forward, given, keywords(kwargs ?? null));
      rt.call(setUp, [context, new PyTuple(given), result]);
      return result;
    },
  },
});

export const autogradModules: readonly NativeModule[] = [
  defineModule({
    name: 'torch.autograd',
    classes: [functionClass],
    functions: {
      // Tensors have long been their own variables.
      'Variable(data=None, requires_grad=False, volatile=False)': (rt, data, needsGradient) => {
        if (!(data instanceof TensorObject)) return data ?? null;
        const variable = sameTensor(rt, data);
        variable.requiresGrad = rt.truth(needsGradient ?? false);
        return variable;
      },
      'backward(*args, **kwargs)': () => null,
      'grad(outputs, inputs, grad_outputs=None, retain_graph=None, create_graph=False, *args, **kwargs)': (
        rt,
        _outputs,
        inputs,
        _gradOutputs,
        _retainGraph,
        createGraph,
      ) =>
        new PyTuple(
          (inputs instanceof TensorObject ? [inputs] : toArray(rt, inputs ?? null)).map((input) => {
            if (!(input instanceof TensorObject)) return rt.unknown('a gradient of what is not known');
            const gradient = new TensorObject({ shape: input.shape, dtype: input.dtype });
            // With its graph kept, it can be learned through.
            if (createGraph instanceof PyUnknown || rt.truth(createGraph ?? false)) {
              gradient.requiresGrad = true;
              gradient.computed = true;
            }
            return gradient;
          }),
        ),
    },
    values: {
      no_grad: contextFunction(
        'no_grad',
        gradients(() => false),
      ),
      enable_grad: contextFunction(
        'enable_grad',
        gradients(() => true),
      ),
      set_detect_anomaly: contextFunction('set_detect_anomaly', changesNothing),
      detect_anomaly: contextFunction('detect_anomaly', changesNothing),
    },
    missing: 'unknown',
  }),
  defineModule({
    name: 'torch.autograd.function',
    classes: [functionClass, contextClass],
    missing: 'unknown',
  }),
];
