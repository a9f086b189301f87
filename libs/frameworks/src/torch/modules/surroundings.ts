import { defineModule, keywords, rest } from '@tensormark/python';
import type { NativeImplementation, NativeModule } from '@tensormark/python';
import { removableHandleClass } from '../nn/module-hooks.js';
import { distributedDataParallelClass, dataParallelClass } from '../nn/wrappers.js';
import { changesNothing, contextFunction, gradients, identityDecorator } from './decorators.js';

const no: NativeImplementation = () => false;
const nothing: NativeImplementation = () => null;

const checkpoint: NativeImplementation = (rt, callee, args, kwargs) => {
  const named = keywords(kwargs ?? null);
  for (const option of ['use_reentrant', 'preserve_rng_state', 'context_fn', 'determinism_check', 'debug'])
    named.delete(option);
  return rt.call(callee ?? null, rest(args ?? null), named);
};

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
    functions: { 'is_scripting()': no, 'is_tracing()': no },
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
    missing: 'unknown',
  }),
  defineModule({ name: 'torch.jit.annotations', missing: 'unknown' }),
  defineModule({ name: 'torch.fx', values: { wrap: identityDecorator('wrap') }, missing: 'unknown' }),
  defineModule({
    name: 'torch.autograd',
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
    name: 'torch.onnx',
    functions: { 'is_in_onnx_export()': no },
    missing: 'unknown',
  }),
  defineModule({ name: 'torch.utils', missing: 'unknown' }),
  defineModule({ name: 'torch.utils.hooks', classes: [removableHandleClass], missing: 'unknown' }),
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
  defineModule({ name: 'torch.version', values: { cuda: null, hip: null, __version__: '2.13.0' } }),
  ...[
    'profiler',
    'testing',
    'overrides',
    'package',
    'special',
    'fft',
    'linalg',
    'sparse',
    'hub',
    'distributions',
    'random',
    'types',
    'return_types',
    '_C',
    '_six',
    'compiler',
    'func',
    'export',
    'utils.tensorboard',
    'utils.model_zoo',
    'utils.cpp_extension',
  ].map((name) => defineModule({ name: `torch.${name}`, missing: 'unknown' })),
];
