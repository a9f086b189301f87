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
  if (call === undefined) return undefined;
  const top = argument(call.args, 'include_top', 0);
  const pooling = argument(call.args, 'pooling', 4);
  if (top === undefined || top === true) return [wholeOf(argument(call.args, 'classes', 5)) ?? undefined];
  if (top !== false) return undefined;
  if (pooling === 'avg' || pooling === 'max') return [undefined];
  return pooling === undefined || pooling === null ? [undefined, undefined, undefined] : undefined;
}
