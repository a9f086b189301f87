import { defineModule } from '@tensormark/python';
import type { NativeModule } from '@tensormark/python';

/** Parts of torchvision that no network depends on: data, files, transforms. They stand in for their sources. */
export const torchvisionModules: readonly NativeModule[] = [
  ...[
    'datasets',
    'io',
    'transforms',
    'transforms._presets',
    'transforms.functional',
    'transforms.v2',
    '_internally_replaced_utils',
    'version',
  ].map((name) => defineModule({ name: `torchvision.${name}`, missing: 'unknown' })),
  defineModule({
    name: 'torchvision.extension',
    functions: {
      '_assert_has_ops()': () => null,
      '_has_ops()': () => true,
      '_check_cuda_version()': () => -1n,
    },
    values: { _HAS_OPS: true },
    missing: 'unknown',
  }),
];
