import type { Call } from '../call.js';
import type { BufferSpec, Layer, ParameterRole } from '../layer.js';
import type { DType, TensorType } from '../tensor.js';
import type { Result } from '../values/result.js';
import type { TorchError, TorchWarning } from '../values/errors.js';

/** Where something stands in a source. Lines and columns count from 1. */
export interface SourcePlace {
  readonly file: string;
  readonly line: number;
  readonly column?: number;
}

/** A tensor in a graph: its type and the node it comes from. */
export interface Tensor extends TensorType {
  readonly node: number;
  /** Which of the node's outputs it is. */
  readonly output: number;
}

export function isGraphTensor(value: unknown): value is Tensor {
  return (
    typeof value === 'object' && value !== null && 'node' in value && 'output' in value && 'shape' in value
  );
}

interface NodeFacts {
  /** Its index in {@link Network.nodes}; a node's inputs have smaller ones. */
  readonly id: number;
  readonly outputs: readonly Tensor[];
  readonly place?: SourcePlace;
}

/** What flows into the network: `x`. */
export interface InputNode extends NodeFacts {
  readonly kind: 'input';
  readonly name: string;
}

/** A parameter or buffer used outside the layer that owns it: `self.pos_embedding` in an addition. */
export interface StateNode extends NodeFacts {
  readonly kind: 'state';
  /** Index into {@link Network.parameters} or {@link Network.buffers}. */
  readonly of: { readonly parameter: number } | { readonly buffer: number };
}

/** A tensor made on the way from no tensor: `torch.zeros(3)`, a mask, positions. */
export interface ConstantNode extends NodeFacts {
  readonly kind: 'constant';
  /** How it was made, for people: `torch.arange(10)`. */
  readonly name: string;
  /** Its elements in order, where they are known. */
  readonly values?: ArrayLike<number>;
  /** How its elements are drawn, where they are drawn at random: `torch.randn_like(x)`. */
  readonly drawn?: Drawn;
  /** Drawn before the forward, and the same in every pass. */
  readonly once?: true;
}

/** A call of a layer or an operation. */
export interface CallNode extends NodeFacts {
  readonly kind: 'call';
  /** The layer's type or operation's name: `Conv2d`, `cat`. */
  readonly operation: string;
  readonly call: Call;
  readonly inputs: readonly Tensor[];
  /** The outputs in the structure they are returned in. */
  readonly result: Result<Tensor>;
  /** Path of the module that was called, for a layer; of the module in whose forward it stands, for an operation. */
  readonly modulePath: string;
  readonly layer?: Layer;
  /** Set where PyTorch would have raised here; the outputs are then what was assumed in order to go on. */
  readonly error?: TorchError;
  readonly warnings: readonly TorchWarning[];
}

export type NetworkNode = InputNode | StateNode | ConstantNode | CallNode;

/** A parameter, once, however many names it has. */
export interface Parameter {
  readonly id: number;
  /** Every name it is registered under, `state_dict` spelling; the first is the one it is listed by. */
  readonly names: readonly string[];
  readonly shape: readonly number[];
  readonly dtype: DType;
  readonly role: ParameterRole;
  readonly trainable: boolean;
  /** How its elements start, where the program sets them itself; absent, as its layer starts them. */
  readonly start?: Start;
  readonly place?: SourcePlace;
}

/** A tensor's elements drawn independently of each other. */
export type Drawn = Extract<Start, { readonly kind: 'uniform' | 'normal' }>;

/** How a program has a tensor's elements start. */
export type Start =
  | { readonly kind: 'uniform'; readonly low: number; readonly high: number }
  | { readonly kind: 'normal'; readonly mean: number; readonly deviation: number }
  | { readonly kind: 'constant'; readonly value: number }
  | { readonly kind: 'values'; readonly values: ArrayLike<number> }
  /** In a way that is not followed. */
  | { readonly kind: 'unknown' };

export interface Buffer extends Omit<BufferSpec, 'name'> {
  readonly id: number;
  readonly names: readonly string[];
  /** Its elements in order, where they are known. */
  readonly values?: ArrayLike<number>;
  /** How the program drew them, where that is followed. */
  readonly start?: Start;
}

/** A module of the tree that `named_modules` would list; the root's path is ''. */
export interface Module {
  readonly path: string;
  /** Class name. */
  readonly type: string;
  /** Set for PyTorch's own layers; a class of the reader's has none. */
  readonly layer?: Layer;
  /** Ids of the parameters registered on it directly, by name, in order. */
  readonly parameters: ReadonlyMap<string, number>;
  readonly buffers: ReadonlyMap<string, number>;
  /** Paths of its children, in order. */
  readonly children: readonly string[];
  readonly place?: SourcePlace;
}

/** A network as a graph of calls beside the tree of its modules. */
export interface Network {
  readonly nodes: readonly NetworkNode[];
  readonly inputs: readonly Tensor[];
  /** What the forward returned; null where nothing was traced. */
  readonly output: Result<Tensor>;
  readonly modules: ReadonlyMap<string, Module>;
  readonly parameters: readonly Parameter[];
  readonly buffers: readonly Buffer[];
}

export function isCall(node: NetworkNode): node is CallNode {
  return node.kind === 'call';
}
