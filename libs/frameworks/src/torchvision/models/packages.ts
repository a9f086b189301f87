import { defineModule, getAttribute, PyModule, PyRaise } from '@tensormark/python';
import type { Interpreter, NativeModule, PyValue } from '@tensormark/python';
import { DENSENET } from './densenet.js';
import { GOOGLENET, INCEPTION_V3 } from './inception.js';
import { EFFICIENTNET, MOBILENET_V2, MOBILENET_V3 } from './mobile.js';
import { ALEXNET, SQUEEZENET, VGG } from './plain.js';
import { RESNET } from './resnet.js';
import { MISC, WEIGHTS } from './shared.js';
import { SHUFFLENET_V2 } from './shufflenet.js';
import { VISION_TRANSFORMER } from './vision-transformer.js';

/** What a package has below it: another package, or a file whose names it has too. */
interface Below {
  readonly module: string;
  readonly names?: RegExp;
}

/** A file of torchvision's, with the names that the package above takes from it. */
interface Known extends Below {
  readonly source: string;
  readonly names: RegExp;
}

/** The networks that are known without torchvision's source, in words of our own: the same layers under the same names. */
const MODELS: readonly Known[] = [
  {
    module: 'resnet',
    source: RESNET,
    names: /^(ResNet|(wide_)?resnet\w+|resnext\w+|(Wide_)?ResNet\d+\w*_Weights|ResNeXt\w+_Weights)$/,
  },
  { module: 'alexnet', source: ALEXNET, names: /^(AlexNet|alexnet|AlexNet_Weights)$/ },
  { module: 'vgg', source: VGG, names: /^(VGG|vgg\d+(_bn)?|VGG\d+(_BN)?_Weights)$/ },
  {
    module: 'squeezenet',
    source: SQUEEZENET,
    names: /^(SqueezeNet|squeezenet1_[01]|SqueezeNet1_[01]_Weights)$/,
  },
  { module: 'densenet', source: DENSENET, names: /^(DenseNet|densenet\d+|DenseNet\d+_Weights)$/ },
  { module: 'mobilenetv2', source: MOBILENET_V2, names: /^(MobileNetV2|mobilenet_v2|MobileNet_V2_Weights)$/ },
  {
    module: 'mobilenetv3',
    source: MOBILENET_V3,
    names: /^(MobileNetV3|mobilenet_v3_(large|small)|MobileNet_V3_(Large|Small)_Weights)$/,
  },
  {
    module: 'efficientnet',
    source: EFFICIENTNET,
    names: /^(EfficientNet|efficientnet_b[0-7]|EfficientNet_B[0-7]_Weights)$/,
  },
  {
    module: 'googlenet',
    source: GOOGLENET,
    names: /^(GoogLeNet|googlenet|GoogLeNetOutputs|GoogLeNet_Weights)$/,
  },
  {
    module: 'inception',
    source: INCEPTION_V3,
    names: /^(Inception3|inception_v3|InceptionOutputs|Inception_V3_Weights)$/,
  },
  {
    module: 'vision_transformer',
    source: VISION_TRANSFORMER,
    names: /^(VisionTransformer|vit_[bl]_(16|32)|ViT_[BL]_(16|32)_Weights)$/,
  },
  {
    module: 'shufflenetv2',
    source: SHUFFLENET_V2,
    names: /^(ShuffleNetV2|shufflenet_v2_x\d_\d|ShuffleNet_V2_X\d_\d_Weights)$/,
  },
];

const OPERATIONS: readonly Known[] = [
  {
    module: 'misc',
    source: MISC,
    names: /^(Conv2dNormActivation|SqueezeExcitation|StochasticDepth|MLP|Permute)$/,
  },
];

/** The package where no source of it is to be had: of its networks those that are known, what else it has is unknown. */
export function withoutSource(interpreter: () => Interpreter): readonly NativeModule[] {
  const importModule = (name: string): PyValue => {
    const outcome = interpreter().importModule(name);
    if (outcome.kind === 'finished') return outcome.value;
    if (outcome.kind === 'raised') throw new PyRaise(outcome.error.exception);
    return null;
  };
  const file = (name: string, source: string): NativeModule =>
    defineModule({ name, source, missing: 'unknown' });
  return [
    gathering('torchvision', [{ module: 'models' }, { module: 'ops' }], importModule),
    defineModule({ name: 'torchvision.utils', missing: 'unknown' }),
    file('torchvision.models._api', WEIGHTS),
    ...[['torchvision.models', MODELS] as const, ['torchvision.ops', OPERATIONS] as const].flatMap(
      ([name, known]) => [
        gathering(name, known, importModule),
        ...known.map(({ module, source }) => file(`${name}.${module}`, source)),
      ],
    ),
  ];
}

/** A package that reads one of its files when a name of it is first asked for. */
function gathering(
  name: string,
  below: readonly Below[],
  importModule: (name: string) => PyValue,
): NativeModule {
  return {
    name,
    instantiate() {
      const package_ = new PyModule(name);
      package_.namespace.set('__name__', name);
      package_.namespace.set('__doc__', null);
      package_.fallback = (rt, wanted) => {
        if (wanted.startsWith('__')) return undefined;
        // `models.resnet` is the file; `models.alexnet` the function of the same name.
        const named = below.find(({ names }) => names?.test(wanted) === true);
        const from = named ?? below.find(({ module }) => module === wanted);
        if (from === undefined) return rt.unknown(`${name}.${wanted} is not known here`);
        const found = importModule(`${name}.${from.module}`);
        return named === undefined || found === null ? found : getAttribute(rt, found, wanted);
      };
      return package_;
    },
  };
}
