/** How things are counted where the field knows more than one way; every count names the one it took. */
export interface Convention {
  /** Biases: as the question gives the network, none at all, or one for each output of every layer that can have one. */
  readonly bias: 'as-given' | 'without' | 'with';
  /** Biases of a recurrent gate: PyTorch keeps two vectors, textbooks one. */
  readonly recurrentBias: 'two' | 'one';
  /** Running mean and variance of normalisations: buffers in PyTorch, "non-trainable parameters" in Keras. */
  readonly statistics: 'left-out' | 'counted';
  /** Whether a "FLOP" is a multiplication with its addition, or each of the two. */
  readonly work: 'multiply-accumulates' | 'flops';
  /** Outputs that take memory: of every layer, or of those alone that cannot work in place (no ReLU, no flatten). */
  readonly activations: 'every-output' | 'without-in-place';
  /** What a "k" or a "kilobyte" is. */
  readonly kilo: 1000 | 1024;
}

export const PYTORCH: Convention = {
  bias: 'as-given',
  recurrentBias: 'two',
  statistics: 'left-out',
  work: 'flops',
  activations: 'every-output',
  kilo: 1000,
};
