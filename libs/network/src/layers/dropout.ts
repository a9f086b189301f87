import { defineLayer, type LayerDefinition } from '../layer.js';
import { defineOperation, type OperationDefinition } from '../operation.js';
import { sameAs } from '../shapes.js';
import { DTYPES, isIntegral, tensorType, type TensorType } from '../tensor.js';
import { pythonRepr } from '../values/argument.js';
import { raise } from '../values/errors.js';
import { bool, float, tensor } from '../values/kinds.js';
import { optional, required } from '../values/signature.js';

/** The kinds of dropout, with what each asks of its input. */
interface Dropping {
  readonly type: string;
  readonly name: string;
  /** Ranks it takes and the layout it is for; any rank where absent. */
  readonly spatial?: 1 | 2 | 3;
  /** True where whole channels are dropped, so that there must be some. */
  readonly channels: boolean;
}

const KINDS = {
  Dropout: { type: 'Dropout', name: 'dropout', channels: false },
  Dropout1d: { type: 'Dropout1d', name: 'dropout1d', spatial: 1, channels: true },
  Dropout2d: { type: 'Dropout2d', name: 'dropout2d', spatial: 2, channels: true },
  Dropout3d: { type: 'Dropout3d', name: 'dropout3d', spatial: 3, channels: true },
  AlphaDropout: { type: 'AlphaDropout', name: 'alpha_dropout', channels: false },
  FeatureAlphaDropout: { type: 'FeatureAlphaDropout', name: 'feature_alpha_dropout', channels: true },
} as const satisfies Record<string, Dropping>;

const signature = { p: optional(float, 0.5), inplace: optional(bool, false) };

function checkProbability(p: number, shown: string): void {
  if (p < 0 || p > 1) raise('ValueError', `dropout probability has to be between 0 and 1, but got ${shown}`);
}

function infer(
  { name, spatial, channels }: Dropping,
  input: TensorType,
  { p, training }: { readonly p: number; readonly training: boolean },
): TensorType {
  const dims = input.shape.length;
  if (spatial === 1 && dims !== 2 && dims !== 3)
    raise(
      'RuntimeError',
      `${name}: Expected 2D or 3D input, but received a ${dims}D input. Note that dropout1d exists to provide ` +
        `channel-wise dropout on inputs with 1 spatial dimension, a channel dimension, and an optional batch dimension ` +
        `(i.e. 2D or 3D inputs).`,
      sameAs(input),
    );
  // Over one and three dimensions an input without a batch is given one first.
  if (training && p > 0 && channels && dims < (spatial === 3 ? 1 : 2))
    raise('RuntimeError', 'Feature dropout requires at least 2 dimensions in the input', sameAs(input));
  if (training && p > 0 && p < 1 && isIntegral(input.dtype))
    raise(
      'RuntimeError',
      `result type Float can't be cast to the desired output type ${DTYPES[input.dtype].scalarName}`,
      tensorType(input.shape, 'float32'),
    );
  return sameAs(input);
}

function dropout(kind: Dropping): LayerDefinition<typeof signature> {
  return defineLayer({
    type: kind.type,
    initializer: '_DropoutNd',
    signature,
    forward: { input: required(tensor) },
    training: 'random',
    validate: ({ p }) => checkProbability(p, pythonRepr(Number.isInteger(p) ? BigInt(p) : p)),
    infer: ({ p }, { input }, { training }) => infer(kind, input, { p, training }),
    extraRepr: (_, written) =>
      `p=${pythonRepr(written['p'] ?? null)}, inplace=${written['inplace'] === true ? 'True' : 'False'}`,
  });
}

function dropoutOperation(kind: Dropping): OperationDefinition {
  return defineOperation({
    name: kind.name,
    homes:
      kind.name === 'dropout' || kind.name === 'alpha_dropout' ? ['torch', 'functional'] : ['functional'],
    signature: {
      input: required(tensor),
      p: optional(float, 0.5),
      training: optional(bool, !kind.name.includes('alpha')),
      inplace: optional(bool, false),
    },
    infer({ input, p, training }) {
      checkProbability(p, pythonRepr(Number.isInteger(p) ? BigInt(p) : p));
      return infer(kind, input, { p, training });
    },
  });
}

export const DROPOUTS = {
  Dropout: dropout(KINDS.Dropout),
  Dropout1d: dropout(KINDS.Dropout1d),
  Dropout2d: dropout(KINDS.Dropout2d),
  Dropout3d: dropout(KINDS.Dropout3d),
  AlphaDropout: dropout(KINDS.AlphaDropout),
  FeatureAlphaDropout: dropout(KINDS.FeatureAlphaDropout),
};

export const DROPOUT_OPERATIONS = Object.values(KINDS).map(dropoutOperation);
