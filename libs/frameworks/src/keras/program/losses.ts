import { foreignCall, foreignName } from '../../program/called-name.js';
import { argument, Value } from '../../program/value.js';
import type { Datum } from '../../program/value.js';

/** A loss or metric of Keras, under its function's full name. */
export interface KerasLoss {
  readonly name: string;
  /** Whether it takes scores rather than probabilities; undefined where that is not known. */
  readonly fromLogits: boolean | undefined;
}

const SHORT: Readonly<Record<string, string>> = {
  mse: 'mean_squared_error',
  mae: 'mean_absolute_error',
  mape: 'mean_absolute_percentage_error',
  msle: 'mean_squared_logarithmic_error',
  kld: 'kl_divergence',
  kullback_leibler_divergence: 'kl_divergence',
  kldivergence: 'kl_divergence',
  bce: 'binary_crossentropy',
  acc: 'accuracy',
  logcosh: 'log_cosh',
  binary_cross_entropy: 'binary_crossentropy',
  rmse: 'root_mean_squared_error',
};

/** `MeanSquaredError` is `mean_squared_error`. */
function snake(name: string): string {
  const plain =
    name === name.toUpperCase()
      ? name.toLowerCase()
      : name.replace(/(?<=[a-z\d])(?=[A-Z])/g, '_').toLowerCase();
  return SHORT[plain] ?? plain;
}

/** Losses whose first argument says whether they take scores: the focal ones take other things first. */
const LOGITS_FIRST = /(^|\.)(Binary|(Sparse)?Categorical)Crossentropy$/;

const FOREIGN = /\b(losses|objectives|metrics|backend|keras)\.\w+$/;

/** What a loss or metric that is handed over is; undefined for what is the program's own or is not known. */
export function lossOf(datum: Datum | undefined): KerasLoss | undefined {
  if (typeof datum === 'string') return { name: snake(datum), fromLogits: false };
  if (Array.isArray(datum)) return datum.length === 1 ? lossOf(datum[0]) : undefined;
  if (!(datum instanceof Value)) return undefined;
  const call = foreignCall(datum);
  if (call !== undefined) {
    if (!FOREIGN.test(call.name)) return undefined;
    const logits = argument(call.args, 'from_logits', LOGITS_FIRST.test(call.name) ? 0 : undefined) ?? false;
    return {
      name: snake(call.name.split('.').at(-1) ?? ''),
      fromLogits: typeof logits === 'boolean' ? logits : undefined,
    };
  }
  const name = foreignName(datum);
  return name !== undefined && FOREIGN.test(name)
    ? { name: snake(name.split('.').at(-1) ?? ''), fromLogits: false }
    : undefined;
}

/** Losses that Keras has under a name. */
export const LOSSES: ReadonlySet<string> = new Set(
  'mean_squared_error mean_absolute_error mean_absolute_percentage_error mean_squared_logarithmic_error kl_divergence binary_crossentropy categorical_crossentropy sparse_categorical_crossentropy hinge squared_hinge categorical_hinge log_cosh huber huber_loss poisson cosine_similarity cosine_proximity binary_focal_crossentropy categorical_focal_crossentropy ctc dice tversky circle'.split(
    ' ',
  ),
);

/** Losses of real numbers. */
export const REGRESSION: ReadonlySet<string> = new Set(
  'mean_squared_error mean_absolute_error mean_absolute_percentage_error mean_squared_logarithmic_error log_cosh huber huber_loss root_mean_squared_error'.split(
    ' ',
  ),
);
