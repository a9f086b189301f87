import { foreignName } from './called-name.js';
import type { Value } from './value.js';

/** What Keras has without a file of settings. */
const KERAS: Readonly<Record<string, string>> = {
  image_data_format: 'channels_last',
  image_dim_ordering: 'tf',
};

/** What asking Keras for a setting gives, where the program does not set it. */
export function kerasSetting(asked: Value, source: string): string | undefined {
  const name = foreignName(asked) ?? '';
  const setting = /keras\.backend\.(?:common\.)?(\w+)$/.exec(name)?.[1];
  return setting === undefined || /\bset_image_(data_format|dim_ordering)\b|KERAS_BACKEND/.test(source)
    ? undefined
    : KERAS[setting];
}
