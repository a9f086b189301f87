import { foreignCall, foreignName, isValue, kerasCall, kerasOf, pretrained } from '@tensormark/frameworks';
import type { Datum, KerasModel, Program, Value } from '@tensormark/frameworks';
import { callsNamed, eventsOf } from './events.js';
import { comesOf } from './ancestry.js';
import { oncePerProgram } from './once.js';

/**
 * What pictures are to a network of `keras.applications` that has learned: pixels to 255 less the mean of each colour, -1 to 1, 0 to 1
 * brought to mean 0 and deviation 1, or pixels to 255 that the network scales itself.
 */
export type Prepared = 'less mean' | 'signed' | 'standardised' | 'bytes';

const FAMILIES: readonly (readonly [names: RegExp, modules: RegExp, prepared: Prepared])[] = [
  [/^(VGG(16|19)|ResNet(50|101|152))$/, /^(vgg16|vgg19|resnet|resnet50)$/, 'less mean'],
  [
    /^(InceptionV3|Xception|MobileNet(V2)?|InceptionResNetV2|ResNet\d+V2|NASNet(Mobile|Large))$/,
    /^(inception_v3|xception|mobilenet|mobilenet_v2|inception_resnet_v2|resnet_v2|nasnet)$/,
    'signed',
  ],
  [/^DenseNet(121|169|201)$/, /^densenet$/, 'standardised'],
  [
    /^(EfficientNet(V2)?[BSML]\d?|MobileNetV3(Small|Large)|ConvNeXt\w+)$/,
    /^(efficientnet|efficientnet_v2|mobilenet_v3|convnext)$/,
    'bytes',
  ],
];

/** A network of `keras.applications` that a program takes. */
export interface Taken {
  readonly name: string;
  readonly value: Value;
  readonly args: NonNullable<ReturnType<typeof kerasCall>>['args'];
  readonly prepared: Prepared | undefined;
}

/** The networks of `keras.applications` in a program. */
export const takenIn = oncePerProgram((program): readonly Taken[] => {
  if (!/\bapplications\b/.test(program.source)) return [];
  return eventsOf(program, 'call').flatMap(({ result }) => {
    const call = pretrained(result);
    if (call === undefined) return [];
    const family = FAMILIES.find(([names]) => names.test(call.name));
    return [{ name: call.name, value: call.value, args: call.args, prepared: family?.[2] }];
  });
});

/** Whether it comes with weights that were learned. */
export function hasLearned({ args }: Taken): boolean {
  const weights = args.named.has('weights') ? args.named.get('weights') : args.positional[1];
  return weights === undefined || weights === 'imagenet';
}

/** The network that a model gives its inputs to first, as they are; undefined where something may come before it. */
export function takenFirstBy(program: Program, { value }: KerasModel): Taken | undefined {
  const call = kerasCall(value);
  const taken = takenIn(program);
  if (taken.length === 0 || call === undefined) return undefined;
  const own = taken.find((one) => one.value === value);
  if (own !== undefined) return own;
  if (call.name === 'Sequential') {
    const given = call.args.positional[0] ?? call.args.named.get('layers');
    const added = callsNamed(program, 'add').flatMap(({ args }) =>
      args.positional[0] === value ? [args.positional[1] ?? null] : [],
    );
    const first = [...(Array.isArray(given) ? given : []), ...added].find((one: Datum) => !keepsScale(one));
    return taken.find((one) => one.value === first);
  }
  const inputs = call.args.named.get('inputs') ?? call.args.named.get('input') ?? call.args.positional[0];
  const [only] = Array.isArray(inputs) ? inputs : [inputs];
  if (!isValue(only)) return undefined;
  // `Model(base.input, …)`
  if (only.made.kind === 'attribute' && /^inputs?$/.test(only.made.name))
    return taken.find((one) => one.value === only.inputs[0]);
  // `Model(inputs, …)`, where the network is called on the inputs or made of them.
  const ofInputs = taken.filter(
    (one) =>
      one.args.named.get('input_tensor') === only ||
      eventsOf(program, 'call').some(
        ({ result }) =>
          isValue(result) &&
          result.made.kind === 'operation' &&
          result.made.name === 'call' &&
          result.made.args.positional[0] === one.value &&
          result.made.args.positional[1] === only &&
          comesOf(value, (from) => from === result),
      ),
  );
  return ofInputs.length === 1 ? ofInputs[0] : undefined;
}

/** Inputs, and layers that cut or turn pictures and leave their numbers as they are. */
function keepsScale(datum: Datum): boolean {
  return /^(Input|InputLayer|Resizing|CenterCrop|Random(Flip|Rotation|Zoom|Crop|Translation))$/.test(
    kerasCall(datum)?.name ?? '',
  );
}

/** What `imagenet_utils.preprocess_input` makes in each of its modes, of which the first is meant where none is named. */
const MODES: Readonly<Record<string, Prepared>> = {
  caffe: 'less mean',
  tf: 'signed',
  torch: 'standardised',
};

/** Whose `preprocess_input` made an array, or is what a generator does to its pictures. */
export function preparedBy(
  x: Datum | undefined,
): { readonly as: Prepared; readonly name: string } | undefined {
  const generator = generatorOf(x);
  const name =
    generator === undefined
      ? foreignCall(x)?.name
      : foreignName(generator.args.named.get('preprocessing_function'));
  const parts = name?.split('.') ?? [];
  if (parts.at(-1) !== 'preprocess_input') return undefined;
  const module = parts.at(-2) ?? '';
  if (module === 'imagenet_utils') {
    const { args } = (generator === undefined ? foreignCall(x) : undefined) ?? {};
    const mode = args?.named.get('mode') ?? args?.positional[2] ?? 'caffe';
    const as = typeof mode === 'string' && Object.hasOwn(MODES, mode) ? MODES[mode] : undefined;
    return as && { as, name: `${module}.preprocess_input` };
  }
  const family = FAMILIES.find(([, modules]) => modules.test(module));
  return family && { as: family[2], name: `${module}.preprocess_input` };
}

/** The `ImageDataGenerator` that a stream of pictures flows from. */
export function generatorOf(stream: Datum | undefined): ReturnType<typeof kerasCall> {
  if (!isValue(stream) || stream.made.kind !== 'operation' || !/^flow(_from_\w+)?$/.test(stream.made.name))
    return undefined;
  const made = kerasCall(stream.made.args.positional[0]);
  return made?.name === 'ImageDataGenerator' ? made : undefined;
}

/** Whether the weights of a network are kept as they are, as the program writes it. */
export function isFrozen(program: Program, { value }: Taken): boolean {
  const name = nameOf(program, value);
  if (name === undefined) return false;
  return new RegExp(
    String.raw`\b${name}\.trainable\s*=\s*False|for\s+(\w+)\s+in\s+${name}\.layers\s*:\s*(?:#[^\n]*)?\n?\s*\1\.trainable\s*=\s*False`,
  ).test(program.source);
}

/** The name that a value was given where it was made. */
function nameOf({ source }: Program, { span }: Value): string | undefined {
  if (span === undefined) return undefined;
  return /(\w+)\s*=\s*$/.exec(source.slice(Math.max(0, span.start - 100), span.start))?.[1];
}

/** The models of a program with the network of `keras.applications` that their inputs come to first. */
export function modelsOnTaken(program: Program): { readonly model: KerasModel; readonly taken: Taken }[] {
  if (takenIn(program).length === 0) return [];
  return kerasOf(program).models.flatMap((model) => {
    const taken = takenFirstBy(program, model);
    return taken === undefined ? [] : [{ model, taken }];
  });
}

const STATISTICS = /^(featurewise|samplewise)_(center|std_normalization)$|^zca_whitening$/;

/** What a generator of pictures does to their numbers; undefined where it does several things, or is none. */
export function scalingOf(
  stream: Datum | undefined,
): 'function' | 'division' | 'statistics' | 'nothing' | undefined {
  const generator = generatorOf(stream);
  if (generator === undefined) return undefined;
  const { named } = generator.args;
  const given = [...named].filter(([, datum]) => datum !== false && datum !== null).map(([name]) => name);
  const found = [
    ...(given.includes('preprocessing_function') ? ['function' as const] : []),
    ...(given.includes('rescale') ? ['division' as const] : []),
    ...(given.some((name) => STATISTICS.test(name)) ? ['statistics' as const] : []),
  ];
  if (generator.args.positional.length > 0 || found.length > 1) return undefined;
  return found[0] ?? 'nothing';
}
