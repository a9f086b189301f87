import { defineModule, keywords, PyTuple, rest } from '@tensormark/python';
import type { NativeImplementation, NativeModule, PyValue, Runtime } from '@tensormark/python';
import { linearAlgebra } from '../functions/linear-algebra.js';
import { ModuleObject } from '../nn/module-object.js';
import { TensorObject } from '../tensor/tensor.js';
import { distributedDataParallelClass, dataParallelClass } from '../nn/wrappers.js';
import { autogradModules } from './autograd.js';
import { changesNothing, contextFunction, identityDecorator, withMore } from './decorators.js';
import { fourier } from './fourier.js';

const no: NativeImplementation = () => false;
const nothing: NativeImplementation = () => null;

const checkpoint: NativeImplementation = (rt, callee, args, kwargs) => {
  const named = keywords(kwargs ?? null);
  for (const option of ['use_reentrant', 'preserve_rng_state', 'context_fn', 'determinism_check', 'debug'])
    named.delete(option);
  return rt.call(callee ?? null, rest(args ?? null), named);
};

/** Tracing calls a network once, on what it is given for that. */
function ranOn(rt: Runtime, traced: PyValue | undefined, given: PyValue | undefined): PyValue {
  if (traced instanceof ModuleObject && given instanceof TensorObject) rt.call(traced, [given]);
  if (traced instanceof ModuleObject && given instanceof PyTuple) rt.call(traced, given.items);
  return withMore(rt, 'trace', traced ?? null);
}

/** `torch.jit.isinstance` tells parameters of hints apart too: `List[int]`, `Dict[str, Tensor]`. */
const JIT_ISINSTANCE = `
_isinstance = isinstance

def isinstance(obj, target_type):
    import typing
    if _isinstance(target_type, tuple):
        return any(isinstance(obj, each) for each in target_type)
    if target_type is typing.Any:
        return True
    origin, args = typing.get_origin(target_type), typing.get_args(target_type)
    if origin is None:
        return _isinstance(obj, target_type)
    if origin is typing.Union:
        return any(isinstance(obj, each) for each in args)
    if not _isinstance(obj, origin):
        return False
    if origin is tuple:
        return len(obj) == len(args) and all(isinstance(item, each) for item, each in zip(obj, args))
    if origin is dict:
        return all(isinstance(key, args[0]) and isinstance(value, args[1]) for key, value in obj.items())
    return all(isinstance(item, args[0]) for item in obj)
`;

/** What stands around networks in PyTorch: devices, compilation, mixed precision, checkpointing. */
export const surroundings: readonly NativeModule[] = [
  defineModule({
    name: 'torch.cuda',
    functions: {
      'is_available()': no,
      'device_count()': () => 0n,
      'manual_seed(seed)': nothing,
      'manual_seed_all(seed)': nothing,
      'empty_cache()': nothing,
      'synchronize(device=None)': nothing,
      'get_device_name(device=None)': (rt) => rt.unknown('the name of a device'),
    },
    missing: 'unknown',
  }),
  defineModule({
    name: 'torch.cuda.amp',
    values: { autocast: contextFunction('autocast', changesNothing) },
    missing: 'unknown',
  }),
  defineModule({
    name: 'torch.amp',
    values: { autocast: contextFunction('autocast', changesNothing) },
    missing: 'unknown',
  }),
  defineModule({
    name: 'torch.mps',
    functions: { 'is_available()': no, 'manual_seed(seed)': nothing },
    missing: 'unknown',
  }),
  defineModule({ name: 'torch.xpu', functions: { 'is_available()': no }, missing: 'unknown' }),
  defineModule({ name: 'torch.backends', missing: 'unknown' }),
  defineModule({
    name: 'torch.backends.mps',
    functions: { 'is_available()': no, 'is_built()': no },
    missing: 'unknown',
  }),
  defineModule({
    name: 'torch.backends.cudnn',
    functions: { 'is_available()': no },
    values: { benchmark: false, deterministic: false, enabled: true },
    missing: 'unknown',
  }),
  defineModule({
    name: 'torch.jit',
    functions: {
      'is_scripting()': no,
      'is_tracing()': no,
      'annotate(the_type, the_value)': (_rt, _type, value) => value ?? null,
      'Attribute(value, type)': (_rt, value) => value ?? null,
      // What is traced does what it did.
      'trace(func, example_inputs=None, *args, **kwargs)': (rt, traced, given) => ranOn(rt, traced, given),
      '_get_trace_graph(func, args=(), *others, **kwargs)': (rt, traced, given) => {
        ranOn(rt, traced, given);
        return rt.unknown('the graph of what was traced');
      },
      'freeze(mod, *args, **kwargs)': (_rt, module) => module ?? null,
      'optimize_for_inference(mod, *args, **kwargs)': (_rt, module) => module ?? null,
    },
    values: {
      script: identityDecorator('script'),
      script_method: identityDecorator('script_method'),
      ignore: identityDecorator('ignore'),
      unused: identityDecorator('unused'),
      export: identityDecorator('export'),
      interface: identityDecorator('interface'),
      _script_if_tracing: identityDecorator('_script_if_tracing'),
      script_if_tracing: identityDecorator('script_if_tracing'),
      _overload_method: identityDecorator('_overload_method'),
      Final: null,
    },
    source: JIT_ISINSTANCE,
    missing: 'unknown',
  }),
  defineModule({ name: 'torch.jit.annotations', missing: 'unknown' }),
  ...['torch.compiler', 'torch._dynamo'].map((name) =>
    defineModule({
      name,
      functions: {
        'is_compiling()': no,
        'is_dynamo_compiling()': no,
        'is_exporting()': no,
        'reset()': nothing,
        'mark_dynamic(*args, **kwargs)': nothing,
      },
      values: {
        disable: identityDecorator('disable'),
        allow_in_graph: identityDecorator('allow_in_graph'),
        disallow_in_graph: identityDecorator('disallow_in_graph'),
        assume_constant_result: identityDecorator('assume_constant_result'),
        substitute_in_graph: identityDecorator('substitute_in_graph'),
      },
      missing: 'unknown',
    }),
  ),
  defineModule({ name: 'torch.fx', values: { wrap: identityDecorator('wrap') }, missing: 'unknown' }),
  ...autogradModules,
  fourier,
  defineModule({ name: 'torch.linalg', functions: linearAlgebra, missing: 'unknown' }),
  defineModule({
    name: 'torch.onnx',
    functions: { 'is_in_onnx_export()': no },
    missing: 'unknown',
  }),
  defineModule({ name: 'torch.utils', missing: 'unknown' }),
  defineModule({ name: 'torch.utils.hooks', missing: 'unknown' }),
  defineModule({
    name: 'torch.utils.checkpoint',
    functions: {
      'checkpoint(function, *args, **kwargs)': checkpoint,
      'checkpoint_sequential(functions, segments, input, **kwargs)': (rt, functions, _segments, input) =>
        rt.call(functions ?? null, [input ?? null]),
    },
    missing: 'unknown',
  }),
  defineModule({
    name: 'torch.distributed',
    functions: {
      'is_available()': no,
      'is_initialized()': no,
      'get_world_size(group=None)': () => 1n,
      'get_rank(group=None)': () => 0n,
    },
    missing: 'unknown',
  }),
  defineModule({ name: 'torch.nn.parallel', classes: [dataParallelClass, distributedDataParallelClass] }),
  defineModule({
    name: 'torch._C',
    // Counts which features are used; torchvision's constructors tell it of each network.
    functions: { '_log_api_usage_once(event)': () => null },
    missing: 'unknown',
  }),
  defineModule({ name: 'torch.version', values: { cuda: null, hip: null, __version__: '2.13.0' } }),
  ...[
    'profiler',
    'testing',
    'overrides',
    'package',
    'special',
    'sparse',
    'hub',
    'random',
    'types',
    'return_types',
    '_six',
    'func',
    'export',
    'utils.tensorboard',
    'utils.model_zoo',
    'utils.cpp_extension',
  ].map((name) => defineModule({ name: `torch.${name}`, missing: 'unknown' })),
];
