import type { Span } from '@tensormark/python';
import { foreignCall } from '../../program/called-name.js';
import { argument, Value } from '../../program/value.js';
import type { Datum } from '../../program/value.js';
import { numberOf } from './names.js';

/** An optimiser that `compile` is given. */
export interface KerasOptimizer {
  /** `SGD`, `Adam`, `RMSprop`, whatever way it was named. */
  readonly type: string;
  /** The learning rate that the program gives it; undefined where it is the usual one or is not a number. */
  readonly rate: number | undefined;
  readonly momentum: number | undefined;
  readonly decay: number | undefined;
  /** Whether it was named by a string, and so has Keras's own settings. */
  readonly isUsual: boolean;
  /** Whether gradients are cut to some size before a step. */
  readonly isClipped: boolean;
  readonly span: Span | undefined;
}

/** The optimisers that Keras has, by their name in small letters. */
export const OPTIMIZERS: ReadonlyMap<string, string> = new Map(
  [
    'SGD',
    'Adam',
    'RMSprop',
    'Adagrad',
    'Adadelta',
    'Adamax',
    'Nadam',
    'Ftrl',
    'AdamW',
    'Adafactor',
    'Lion',
    'Lamb',
    'Muon',
  ].map((type) => [type.toLowerCase(), type]),
);

const FOREIGN = /\b(?:optimizers?|optimizer_v[12]|train)\.(?:\w+\.)*(\w+?)(?:Optimizer)?$/;

export function optimizerOf(datum: Datum | undefined): KerasOptimizer | undefined {
  if (typeof datum === 'string') {
    const type = OPTIMIZERS.get(datum.toLowerCase());
    return type === undefined
      ? undefined
      : {
          type,
          rate: undefined,
          momentum: undefined,
          decay: undefined,
          isUsual: true,
          isClipped: false,
          span: undefined,
        };
  }
  if (!(datum instanceof Value)) return undefined;
  const call = foreignCall(datum);
  const name = call && FOREIGN.exec(call.name)?.[1];
  const type =
    name === undefined
      ? undefined
      : OPTIMIZERS.get((name === 'GradientDescent' ? 'sgd' : name).toLowerCase());
  if (call === undefined || type === undefined) return undefined;
  const given = argument(call.args, 'learning_rate', 0) ?? call.args.named.get('lr');
  return {
    type,
    rate: numberOf(given),
    momentum: numberOf(argument(call.args, 'momentum', type === 'SGD' ? 1 : undefined)),
    decay: numberOf(call.args.named.get('decay')),
    isUsual: given === undefined && call.args.named.size === 0,
    isClipped: ['clipnorm', 'clipvalue', 'global_clipnorm'].some((name) => call.args.named.has(name)),
    span: datum.span,
  };
}
