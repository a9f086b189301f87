import type { Network } from '@tensormark/network';

/** The network of a question, or why there is none. */
export type NetworkReading =
  | { readonly kind: 'network'; readonly network: Network }
  | { readonly kind: 'refused'; readonly says: string };
