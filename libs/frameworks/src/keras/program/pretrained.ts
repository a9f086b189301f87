import { argument, Value } from '../../program/value.js';
import type { Datum } from '../../program/value.js';
import { kerasCall, wholeOf } from './names.js';
import type { KerasCall } from './names.js';
import type { Example } from './shapes.js';

/** The network of `keras.applications` that a value is. */
export function pretrained(datum: Datum | undefined): KerasCall | undefined {
  const call = kerasCall(datum);
  return call?.group === 'applications' && /^[A-Z]/.test(call.name) ? call : undefined;
}

/** The network whose `output` a tensor is. */
export function outputOfPretrained({ made, inputs }: Value): Value | undefined {
  return made.kind === 'attribute' && made.name === 'output' ? pretrained(inputs[0])?.value : undefined;
}

/** What such a network gives for an example: a row of classes, of features where they are pooled, else maps. */
export function afterPretrained(datum: Datum): Example | undefined {
  const call = datum instanceof Value ? pretrained(datum) : undefined;
  if (call === undefined || takesSettings(call)) return undefined;
  const top = argument(call.args, 'include_top', 0);
  const pooling = argument(call.args, 'pooling', 4);
  if (top === undefined || top === true) return [wholeOf(argument(call.args, 'classes', 5)) ?? undefined];
  if (top !== false) return undefined;
  if (pooling === 'avg' || pooling === 'max') return [undefined];
  return pooling === undefined || pooling === null ? [undefined, undefined, undefined] : undefined;
}

/** Whether `**settings` may give any argument that is not written out. */
function takesSettings({ value }: KerasCall): boolean {
  return value.span?.text.includes('**') === true;
}

/** The side of the pictures that networks with their own top are made for. */
const SIDES: readonly (readonly [name: RegExp, side: number])[] = [
  [/^(VGG1[69]|ResNet\w*|MobileNet\w*|DenseNet\w*|EfficientNetB0)$/, 224],
  [/^(InceptionV3|InceptionResNetV2|Xception)$/, 299],
];

/** The shape of a picture that such a network takes, where it is said or fixed. */
export function inputOfPretrained(datum: Datum | undefined): Example | undefined {
  const call = pretrained(datum);
  if (call === undefined || takesSettings(call)) return undefined;
  const { args, name } = call;
  if (args.named.has('input_tensor')) return undefined;
  const shape = argument(args, 'input_shape', 3);
  if (Array.isArray(shape)) return shape.map(wholeOf);
  const top = argument(args, 'include_top', 0) ?? true;
  const side = top === true ? SIDES.find(([names]) => names.test(name))?.[1] : undefined;
  return shape === undefined ? [side, side, 3] : undefined;
}
