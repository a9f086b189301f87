import type { Formula, Rational } from '@tensormark/network';
import type { Convention } from './convention.js';

/** Names a node within a reference: `conv1/parameters`, `pool1/height`, `/parameters` for the whole network's. */
export type NodeId = string;

/** What a node is a number of. */
export type Measure =
  | 'parameters'
  | 'weights'
  | 'biases'
  /** One size of an output: its channels, height, width, features, length. */
  | 'size'
  /** All elements of an output. */
  | 'units'
  | 'multiply-accumulates'
  | 'flops'
  | 'bytes'
  | 'receptive-field'
  /** What the examiner wrote an expression for. */
  | 'expression'
  /** A result on the way to another, such as the weights of one filter. */
  | 'step';

/** A number that the question asks for, or that lies on the way to one. */
export interface ReferenceNode {
  readonly id: NodeId;
  readonly measure: Measure;
  /** Path of the module that it is of; the whole network's is ''. */
  readonly of: string;
  /** Words that name it in a working, the most telling first: `conv1`, `first convolution`, `per filter`. */
  readonly words: readonly string[];
  /** How it comes about. A `part` that is named with another node's id stands for that node. */
  readonly formula: Formula;
  readonly value: Rational;
}

/** The graph of every number on the way to what is asked, under one convention. */
export interface Reference {
  readonly convention: Convention;
  /** In an order in which each node stands behind those that its formula names. */
  readonly nodes: ReadonlyMap<NodeId, ReferenceNode>;
  /** The node that answers each thing asked, by the asked thing's id. */
  readonly asked: ReadonlyMap<string, NodeId>;
}
