/**
 * Which of a layer's inputs one of its outputs depends on along the spatial dimensions: what receptive fields are
 * reckoned from.
 */
export type Reach =
  /** Each output place depends on the same place of the input: activations, normalisations by known statistics, 1×1. */
  | { readonly kind: 'pointwise' }
  /** A window that slides: one entry a spatial dimension in each list. */
  | Window
  /** The window of a transposed convolution or an upsampling by a whole factor: the jump shrinks. */
  | (Omit<Window, 'kind'> & { readonly kind: 'transposed-window' })
  /** Every output depends on the whole input: a linear layer after flattening, global pooling, attention, recurrence. */
  | { readonly kind: 'everything' };

export interface Window {
  readonly kind: 'window';
  readonly kernel: readonly number[];
  readonly stride: readonly number[];
  readonly dilation: readonly number[];
  /** Padding before the first element (after it makes no difference to the field). */
  readonly padding: readonly number[];
}

export const POINTWISE: Reach = { kind: 'pointwise' };
export const EVERYTHING: Reach = { kind: 'everything' };
