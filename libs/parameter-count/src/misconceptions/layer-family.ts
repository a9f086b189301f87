import type { Role } from '@tensormark/network';

/** Families of layers, as words of a finding name them: "in every convolution". */
export const FAMILIES = {
  convolution: 'convolution',
  pooling: 'pooling layer',
  linear: 'fully connected layer',
  normalisation: 'normalisation',
  recurrent: 'recurrent layer',
  attention: 'attention',
  embedding: 'embedding',
  other: 'layer',
} as const;
export type LayerFamily = keyof typeof FAMILIES;

/** Which family a layer is of, by PyTorch's or Keras's class name. */
export function familyOfType(type: string): LayerFamily {
  if (/Conv/.test(type)) return 'convolution';
  if (/Pool/.test(type)) return 'pooling';
  if (/Linear|Dense/.test(type)) return 'linear';
  if (/Norm/.test(type)) return 'normalisation';
  if (/^(?:keras\.)?(?:Simple)?(?:RNN|GRU|LSTM)/.test(type)) return 'recurrent';
  if (/Attention|Transformer/.test(type)) return 'attention';
  return /Embedding/.test(type) ? 'embedding' : 'other';
}

const TELLING: readonly (readonly [Role, LayerFamily])[] = [
  ['embed_dim', 'attention'],
  ['hidden_size', 'recurrent'],
  ['num_embeddings', 'embedding'],
  ['num_features', 'normalisation'],
  ['normalized_size', 'normalisation'],
  ['out_channels', 'convolution'],
  ['in_channels', 'convolution'],
  ['out_features', 'linear'],
  ['stride', 'pooling'],
];

/** The same by the quantities that its formulas speak of. */
export function familyOfRoles(has: (role: Role) => boolean): LayerFamily {
  return TELLING.find(([role]) => has(role))?.[1] ?? 'other';
}
