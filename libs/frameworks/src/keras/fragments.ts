import { KERAS_NAMES } from './modules.js';

/** What only a program of Keras's speaks of: PyTorch has no such names. */
const OF_KERAS = /\b(keras|Dense|Conv[123]D|(Max|Average)Pool(ing)?[123]D)\b/;

const LAYERS = Object.fromEntries(KERAS_NAMES.map((name) => [name, `keras.layers.${name}`]));

/** Names that fragments of a program of Keras's use without importing them, and what they stand for. */
export function usualKerasNames(source: string): Readonly<Record<string, string>> {
  if (!OF_KERAS.test(source)) return {};
  return { ...LAYERS, keras: 'keras', tf: 'tensorflow', layers: 'keras.layers', models: 'keras.models' };
}
