import { isCall, type CallNode, type Network } from '@tensormark/network';
import { computedBy, namesOf } from './called-by.js';

/** Where layers that an examiner names are computed in a network. */
export interface Named {
  /** Calls of the layers or of the functions that compute the same. */
  readonly calls: readonly CallNode[];
  /** Calls that may compute the same by hand: `clamp` for a ReLU, a product with a parameter for a linear layer. */
  readonly byHand: readonly CallNode[];
  /** Calls of their kin, which an examiner may or may not mean too: `Dropout2d` beside `Dropout`. */
  readonly kin: readonly CallNode[];
}

interface Other {
  readonly byHand?: readonly string[];
  /** By hand only where one factor is a parameter. */
  readonly byHandOfState?: readonly string[];
  readonly kin?: readonly string[];
}

const ADAPTIVE = ['1d', '2d', '3d'];
const MOMENTS = ['var', 'std', 'varmean', 'stdmean'];
const PRODUCTS = ['matmul', 'mm', 'bmm', 'addmm', 'mv', 'einsum', 'tensordot', 'baddbmm'];

/** What else may compute a layer, in the spelling of `namesOf`. A layer that is not here is computed under its name alone. */
const OTHERS: Readonly<Record<string, Other>> = {
  relu: {
    byHand: ['clamp', 'clampmin', 'clip', 'maximum', 'max', 'threshold', 'where', 'maskedfill'],
    kin: ['relu6', 'hardtanh', 'leakyrelu', 'prelu', 'rrelu'],
  },
  leakyrelu: { byHand: ['where', 'maximum', 'max'], kin: ['prelu', 'rrelu'] },
  sigmoid: { byHand: ['exp', 'expit'], kin: ['hardsigmoid', 'logsigmoid'] },
  tanh: { byHand: ['exp'], kin: ['hardtanh'] },
  silu: { byHand: ['sigmoid'] },
  gelu: { byHand: ['erf', 'tanh'], kin: ['silu'] },
  softmax: {
    byHand: ['exp'],
    kin: ['softmax2d', 'logsoftmax', 'scaleddotproductattention', 'multiheadattention'],
  },
  logsoftmax: { byHand: ['logsumexp', 'log'] },
  linear: { byHandOfState: PRODUCTS, kin: ['bilinear', 'multiheadattention'] },
  flatten: { byHand: ['view', 'reshape', 'squeeze', 'rearrange'] },
  unflatten: { byHand: ['view', 'reshape', 'unsqueeze'] },
  embedding: { byHand: ['onehot', 'indexselect'], kin: ['embeddingbag'] },
  multiheadattention: { byHand: ['scaleddotproductattention', 'softmax'] },
  lstm: { kin: ['lstmcell'], byHand: ['tanh'] },
  gru: { kin: ['grucell'], byHand: ['tanh'] },
  rnn: { kin: ['rnncell'], byHand: ['tanh'] },
  layernorm: { byHand: MOMENTS, kin: ['groupnorm', 'rmsnorm'] },
  groupnorm: { byHand: MOMENTS, kin: ['layernorm'] },
  upsample: { kin: ['upsamplingnearest2d', 'upsamplingbilinear2d', 'convtranspose2d'] },
  dropout: {
    byHand: ['bernoulli'],
    kin: ['dropout1d', 'dropout2d', 'dropout3d', 'alphadropout', 'featurealphadropout'],
  },
  ...byRank((rank) => ({
    [`conv${rank}`]: {
      byHand: ['unfold'],
      kin: [`separableconv${rank}`, `depthwiseconv${rank}`, `convtranspose${rank}`],
    },
    [`dropout${rank}`]: { kin: ['dropout', 'featurealphadropout'] },
    [`maxpool${rank}`]: {
      byHand: ['unfold', 'amax'],
      kin: [`adaptivemaxpool${rank}`, `fractionalmaxpool${rank}`],
    },
    [`avgpool${rank}`]: { byHand: ['unfold'], kin: [`adaptiveavgpool${rank}`, `lppool${rank}`, 'mean'] },
    [`adaptiveavgpool${rank}`]: { byHand: ['mean'], kin: [`avgpool${rank}`] },
    [`adaptivemaxpool${rank}`]: { byHand: ['amax', 'max'], kin: [`maxpool${rank}`] },
    [`zeropad${rank}`]: { byHand: ['pad'] },
    [`batchnorm${rank}`]: { byHand: MOMENTS, kin: ADAPTIVE.map((other) => `batchnorm${other}`) },
    [`instancenorm${rank}`]: { byHand: MOMENTS },
  })),
};

function byRank(others: (rank: string) => Record<string, Other>): Record<string, Other> {
  return Object.assign({}, ...ADAPTIVE.map(others));
}

/** Finds the layers named in what was followed of the forward pass: as layers, as functions, in Keras's words, or by hand. */
export function layersNamed(layers: readonly string[], network: Network): Named {
  const wanted = new Set(layers.flatMap(namesOf));
  const others = [...wanted].flatMap((name) => (Object.hasOwn(OTHERS, name) ? [OTHERS[name]] : []));
  const of = (list: (other: Other) => readonly string[] | undefined) =>
    new Set(others.flatMap((other) => (other === undefined ? [] : (list(other) ?? []))));
  const byHand = of((other) => other.byHand);
  const byHandOfState = of((other) => other.byHandOfState);
  const kin = of((other) => other.kin);
  const calls = network.nodes.filter(isCall).map((node) => ({ node, ...computedBy(node) }));
  const sure = calls.filter(({ names }) => names.some((name) => wanted.has(name)));
  const rest = calls.filter((call) => !sure.includes(call));
  const nodes = (some: readonly { readonly node: CallNode }[]) => some.map(({ node }) => node);
  return {
    calls: nodes(sure),
    byHand: nodes(
      rest.filter(
        ({ node, names, other }) =>
          other ||
          names.some((name) => byHand.has(name) || (byHandOfState.has(name) && takesState(node, network))),
      ),
    ),
    kin: nodes(rest.filter(({ names }) => names.some((name) => kin.has(name)))),
  };
}

function takesState({ inputs }: CallNode, { nodes }: Network): boolean {
  return inputs.some(({ node }) => {
    const from = nodes[node];
    // A weight is often turned around before it is multiplied by.
    return (
      from?.kind === 'state' ||
      (from?.kind === 'call' && from.inputs.some((at) => nodes[at.node]?.kind === 'state'))
    );
  });
}
