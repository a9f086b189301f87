import tensorflow as tf
from tensorflow.keras import backend as K
from tensorflow.keras import layers


def dice_loss(truth, guess):
    overlap = K.sum(truth * guess)
    return 1 - (2 * overlap + 1) / (K.sum(truth) + K.sum(guess) + 1)


inputs = layers.Input((128, 128, 3))
down = layers.Conv2D(16, 3, padding="same", activation="relu")(inputs)
half = layers.MaxPooling2D()(down)
deep = layers.Conv2D(32, 3, padding="same", activation="relu")(half)
up = layers.UpSampling2D()(deep)
joined = layers.Concatenate()([up, down])
mask = layers.Conv2D(1, 1, activation="sigmoid")(joined)
model = tf.keras.Model(inputs, mask)
model.compile(optimizer="adam", loss=dice_loss, metrics=["accuracy"])
