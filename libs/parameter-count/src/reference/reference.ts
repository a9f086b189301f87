import type { Expression, Measure as UnitMeasure } from '@tensormark/arithmetic';
import type { Formula, Rational } from '@tensormark/network';
import type { Acceptance } from './acceptance.js';
import type { Convention } from './convention.js';
import type { CountUnit } from './units.js';

/**
 * Names a node within a reference: what it is of, and what of it. `conv1/parameters`, `pool1/height`, `/parameters` for
 * the whole network's; `softmax` for what the examiner gave under that name.
 */
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

interface NodeFacts {
  readonly id: NodeId;
  /** Path of the module that it is of; the whole network's is ''. A call without a module is `pool.flatten()`. */
  readonly of: string;
  /** What it is of, in words, the most telling first: `conv1`, `first convolution`, `convolution`. */
  readonly names: readonly string[];
  /** What of it, in words, the most telling first: `per filter`, `output height`, `weights`. */
  readonly words: readonly string[];
  readonly value: Rational;
}

/** A number that follows from the network. */
export interface CountedNode extends NodeFacts {
  readonly measure: Exclude<Measure, 'expression'>;
  /**
   * How it comes about. A `part` that is named with another node's id stands for that node: its inside is that node's
   * formula where one writes it out (a step of the same layer), and one quantity where one writes its value.
   */
  readonly formula: Formula;
  /** Other ways to the same number, such as weights and biases added up. */
  readonly otherRoutes: readonly Formula[];
}

/** A number that the examiner gave as an expression. Names in it that are ids of other nodes stand for those. */
export interface WrittenNode extends NodeFacts {
  readonly measure: 'expression';
  readonly expression: Expression;
  /** The expression as the examiner wrote it. */
  readonly written: string;
  /** False where the value is irrational and `value` a close approximation. */
  readonly exact: boolean;
}

/** A number that the question asks for, or that lies on the way to one. */
export type ReferenceNode = CountedNode | WrittenNode;

/** One thing that the question asks for, with the nodes that answer it. */
export interface Asked {
  readonly id: string;
  /** What the scheme says of it, in the examiner's words. */
  readonly says: string;
  /** `shape` and `vector` are answered by several numbers in order. */
  readonly form: 'number' | 'shape' | 'vector';
  readonly nodes: readonly [NodeId, ...NodeId[]];
  readonly accept: Acceptance;
  /** The unit that the answer is to be in, where the scheme names one. */
  readonly unit: CountUnit | null;
  /** The unit that the examiner's own number is in, by how it is written; its node is in that unit too. */
  readonly measuredIn: MeasuredUnit | null;
  /** Whether a value that follows from an earlier wrong one earns its marks. */
  readonly follow: boolean;
}

/** A unit by how it is written, and what it measures. */
export interface MeasuredUnit {
  readonly written: string;
  readonly measure: UnitMeasure;
}

/** The graph of every number on the way to what is asked, under one convention. */
export interface Reference {
  readonly convention: Convention;
  /** In an order in which each node stands behind those that its formula and routes name. */
  readonly nodes: ReadonlyMap<NodeId, ReferenceNode>;
  /** What is asked, by its id, in the order of the question. */
  readonly asked: ReadonlyMap<string, Asked>;
  /** Of what nobody asks about, the numbers of the kinds that are asked for: an answer may give them besides. */
  readonly besides: ReadonlySet<NodeId>;
  /** What each module and call is named in words, by its path; the whole network's is ''. */
  readonly names: ReadonlyMap<string, readonly string[]>;
}
