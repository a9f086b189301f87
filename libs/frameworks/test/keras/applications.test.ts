import { beforeAll, describe, expect, it } from '@jest/globals';
import { countParameters } from '@tensormark/network';
import { openReader } from '@tensormark/frameworks';
import type { CodeReader } from '@tensormark/frameworks';

let reader: CodeReader;
beforeAll(async () => {
  reader = await openReader();
});

/** Totals that `summary()` prints, as Keras publishes them, and how many of them are not trained. */
const PUBLISHED = [
  ['VGG16', 138_357_544, 0],
  ['VGG19', 143_667_240, 0],
  ['ResNet50', 25_636_712, 53_120],
  ['ResNet101', 44_707_176, 105_344],
  ['MobileNet', 4_253_864, 21_888],
  ['MobileNetV2', 3_538_984, 34_112],
] as const;

describe('networks of keras.applications', () => {
  it.each(PUBLISHED)('%s-has-its-published-parameters', (name, parameters, fixed) => {
    const reading = reader.read(
      `from tensorflow.keras.applications import ${name}\nmodel = ${name}(weights='imagenet')\n`,
    );
    expect(reading.errors).toEqual([]);
    expect(reading.traced).toBe(true);
    const totals = reading.network && countParameters(reading.network);
    expect(totals?.parameters).toBe(BigInt(parameters));
    expect(totals?.trainable).toBe(BigInt(parameters - fixed));
    expect(reading.outputs).toMatchObject({ shape: [1, 1000] });
  });

  // tensorflow.org, "Transfer learning and fine-tuning": 2,259,265 parameters, 1,281 of them trained.
  it('a-frozen-base-under-a-new-head', () => {
    const reading = reader.read(`
import tensorflow as tf
base_model = tf.keras.applications.MobileNetV2(input_shape=(160, 160, 3), include_top=False, weights='imagenet')
base_model.trainable = False
inputs = tf.keras.Input(shape=(160, 160, 3))
x = tf.keras.layers.RandomFlip('horizontal')(inputs)
x = tf.keras.applications.mobilenet_v2.preprocess_input(x)
x = base_model(x, training=False)
x = tf.keras.layers.GlobalAveragePooling2D()(x)
x = tf.keras.layers.Dropout(0.2)(x)
outputs = tf.keras.layers.Dense(1, activation='sigmoid')(x)
model = tf.keras.Model(inputs, outputs)
`);
    expect(reading.errors).toEqual([]);
    expect(reading.network && countParameters(reading.network)).toMatchObject({
      parameters: 2_259_265n,
      trainable: 1_281n,
    });
  });
});
