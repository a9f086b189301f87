import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { beforeAll, describe, expect, it } from '@jest/globals';
import { countCosts, countParameters } from '@tensormark/network';
import type { Result, Tensor } from '@tensormark/network';
import type { Resolver } from '@tensormark/python';
import { openReader } from '@tensormark/frameworks';
import type { CodeReader, ModelReading } from '@tensormark/frameworks';

const FIXTURES = join(dirname(fileURLToPath(import.meta.url)), 'fixtures');
/** Debian's python3-torchvision; CI installs it. */
const SOURCES = '/usr/lib/python3/dist-packages';

/** What PyTorch itself builds; see generate-torchvision.py. */
interface Truth {
  readonly parameters: number;
  readonly trainable: number;
  readonly buffers: number;
  readonly tensors: number;
  readonly modules: number;
  readonly top_level: Readonly<Record<string, number>>;
  readonly input?: readonly (readonly number[])[];
  readonly output?: unknown;
  readonly multiply_accumulates?: number;
}

const { builders } = JSON.parse(readFileSync(join(FIXTURES, 'torchvision.json'), 'utf8')) as {
  readonly builders: Readonly<Record<string, Truth>>;
};

const resolver: Resolver = (name) => {
  if (!/^torchvision(\.\w+)*$/.test(name)) return undefined;
  const path = join(SOURCES, ...name.split('.'));
  for (const [filename, isPackage] of [
    [join(path, '__init__.py'), true],
    [`${path}.py`, false],
  ] as const)
    if (existsSync(filename))
      return { source: readFileSync(filename, 'utf8'), filename, isPackage, isCompiled: true };
  return undefined;
};

/** Tensors in tuples, and in dicts, whose keys the reader does not keep. */
function shapesOf(result: Result<Tensor> | undefined): unknown {
  if (result === null || result === undefined) return null;
  return 'shape' in result ? result.shape : result.map(shapesOf);
}

function withoutKeys(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutKeys);
  return typeof value === 'object' && value !== null ? Object.values(value).map(withoutKeys) : value;
}

function callOf(name: string): string {
  const backbone = /^(segmentation|detection)\./.test(name) ? ', weights_backbone=None' : '';
  return `torchvision.models.${name}(weights=None${backbone})`;
}

describe('the truth about torchvision', () => {
  it.each([
    ['resnet18', 11_689_512],
    ['resnet50', 25_557_032],
    ['vgg16', 138_357_544],
    ['vit_b_16', 86_567_656],
    ['video.r3d_18', 33_371_472],
  ])('has the published number of parameters of %s', (name, parameters) => {
    expect(builders[name]?.parameters).toBe(parameters);
  });
});

/** What a reading came to, in the form of the truth. */
function factsOf({ errors, unchosen, network, outputs }: ModelReading, truth: Truth): unknown {
  if (network === undefined) return { errors, unchosen };
  const { parameters, trainable, buffers } = countParameters(network);
  return {
    errors,
    unchosen,
    parameters: Number(parameters),
    trainable: Number(trainable),
    buffers: Number(buffers),
    tensors: network.parameters.length,
    modules: network.modules.size,
    top_level: Object.fromEntries(
      (network.modules.get('')?.children ?? []).map((path) => [
        path,
        Number(countParameters(network, undefined, path).parameters),
      ]),
    ),
    ...(truth.output !== undefined && {
      output: shapesOf(outputs),
      multiply_accumulates: Number(countCosts(network)),
    }),
  };
}

function expectedOf({ input: _input, output, ...truth }: Truth): unknown {
  return {
    errors: [],
    unchosen: undefined,
    ...truth,
    ...(output !== undefined && { output: withoutKeys(output) }),
  };
}

/** Where Debian's package is not, there is nothing to read; CI installs it. */
const installed = existsSync(join(SOURCES, 'torchvision', 'models'));

let reader: CodeReader;
beforeAll(async () => {
  reader = await openReader();
});

for (const [name, truth] of installed ? Object.entries(builders) : []) {
  it(`torchvision's own source, unmodified: ${name}`, () => {
    const reading = reader.read('import torchvision\n', {
      call: callOf(name),
      resolver,
      ...(truth.input === undefined ? {} : { inputs: truth.input }),
    });
    expect(factsOf(reading, truth)).toEqual(expectedOf(truth));
  });
}

/** Tables of weights and builders are defined when their names are asked for: whoever looks for them another way finds them too. */
const RESNET = 'torchvision.models.resnet';
for (const [name, program, call] of installed
  ? [
      ['by its name in a register', 'import torchvision', 'torchvision.models.get_model("resnet18")'],
      [
        'by the register itself',
        `import ${RESNET}\nfrom torchvision.models._api import get_model`,
        'get_model("resnet18")',
      ],
      ['in what vars gives', `import ${RESNET}`, `vars(${RESNET})["resnet18"]()`],
      ['in __dict__', `import ${RESNET} as resnet`, 'resnet.__dict__["resnet18"]()'],
      [
        'by getattr',
        `import ${RESNET} as resnet`,
        'getattr(resnet, [n for n in dir(resnet) if n == "resnet18"][0])()',
      ],
      ['with all names of its file', `from ${RESNET} import *`, 'resnet18()'],
      [
        'with a weight told by the address of its table',
        `import ${RESNET} as resnet`,
        'resnet.resnet18() if resnet.model_urls["resnet18"].endswith(".pth") else None',
      ],
      [
        'with the default of its weights',
        'import torchvision.models as models',
        'models.resnet18(weights=models.ResNet18_Weights.DEFAULT)',
      ],
      [
        'with old words for its weights',
        'import torchvision.models as models',
        'models.resnet18(pretrained=True)',
      ],
      [
        'in a function that uses it later',
        `from ${RESNET} import _resnet, BasicBlock, ResNet\ndef make():\n    import ${RESNET} as r\n    return r.resnet18(weights=None)`,
        'make()',
      ],
    ]
  : [])
  it(`torchvision's resnet18 is found ${String(name)}`, () => {
    const { network, errors } = reader.read(`${String(program)}\n`, { call: String(call), resolver });
    expect(errors).toEqual([]);
    expect(network && countParameters(network).parameters).toBe(11_689_512n);
  });

/** Networks that are known without torchvision's source. */
const KNOWN =
  /^((wide_)?resnex?t\w+|alexnet|vgg\w+|squeezenet\w+|densenet\w+|mobilenet_\w+|efficientnet_b\d|googlenet|inception_v3|vit_[bl]_\w+|shufflenet\w+)$/;

for (const [name, truth] of Object.entries(builders).filter(([builder]) => KNOWN.test(builder))) {
  it(`without torchvision's source: ${name}`, () => {
    const reading = reader.read('import torchvision\n', {
      call: callOf(name),
      ...(truth.input === undefined ? {} : { inputs: truth.input }),
    });
    expect(factsOf(reading, truth)).toEqual(expectedOf(truth));
  });
}

describe("without torchvision's source", () => {
  it('leaves what is not known of it unknown', () => {
    const { network, errors } = reader.read('import torchvision\n', {
      call: 'torchvision.models.swin_t(weights=None)',
    });
    expect({ network, errors }).toEqual({ network: undefined, errors: [] });
  });

  it.each([
    'torchvision.models.resnet18(pretrained=True)',
    'torchvision.models.resnet18(True)',
    'torchvision.models.resnet18(weights=torchvision.models.ResNet18_Weights.DEFAULT)',
    'torchvision.models.resnet18(weights=torchvision.models.ResNet18_Weights.IMAGENET1K_V1)',
    'torchvision.models.resnet18(weights="IMAGENET1K_V1")',
    'torchvision.models.resnet.ResNet(torchvision.models.resnet.BasicBlock, [2, 2, 2, 2])',
  ])('reads %s', (call) => {
    const { network, errors } = reader.read('import torchvision\n', { call });
    expect(errors).toEqual([]);
    expect(network && countParameters(network).parameters).toBe(11_689_512n);
  });

  it('verifies weights by a class of sets of them as by one set', () => {
    const { errors } = reader.read(
      'from torchvision.models._api import Weights, WeightsEnum\nclass Own(WeightsEnum):\n    FIRST = Weights("first")\ngiven = Own.verify(None)\n',
      {},
    );
    expect(errors).toEqual([]);
  });

  it('gives a tuple of auxiliary outputs in training alone', () => {
    const read = (training: boolean): unknown =>
      shapesOf(
        reader.read('import torchvision\n', {
          call: 'torchvision.models.inception_v3(num_classes=7)',
          inputs: [[3, 299, 299]],
          batch: 2,
          training,
        }).outputs,
      );
    expect(read(true)).toEqual([
      [2, 7],
      [2, 7],
    ]);
    expect(read(false)).toEqual([2, 7]);
  });
});
