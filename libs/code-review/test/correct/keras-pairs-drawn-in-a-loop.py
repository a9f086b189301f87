"""Pairs of digits that are gathered in a loop, one of the same and one of another class, and told apart."""
import random

import numpy as np
import tensorflow as tf
from tensorflow import keras
from tensorflow.keras import layers

(images, digits), _ = keras.datasets.mnist.load_data()
images = images.astype("float32") / 255


def pairs_of(x, y):
    members = [np.where(y == digit)[0] for digit in range(10)]
    pairs, alike = [], []
    for at in range(len(x)):
        other = random.choice(members[y[at]])
        pairs += [[x[at], x[other]]]
        alike += [0]
        different = random.choice([digit for digit in range(10) if digit != y[at]])
        other = random.choice(members[different])
        pairs += [[x[at], x[other]]]
        alike += [1]
    return np.array(pairs), np.array(alike).astype("float32")


pairs, alike = pairs_of(images, digits)
left, right = pairs[:, 0], pairs[:, 1]

tower = keras.Sequential(
    [keras.Input((28, 28, 1)), layers.Conv2D(8, 3, activation="relu"), layers.Flatten(), layers.Dense(16)]
)
one, two = keras.Input((28, 28, 1)), keras.Input((28, 28, 1))
distance = layers.Lambda(lambda both: tf.norm(both[0] - both[1], axis=1, keepdims=True))([tower(one), tower(two)])
model = keras.Model([one, two], distance)


def contrastive(y_true, y_pred):
    return tf.reduce_mean((1 - y_true) * tf.square(y_pred) + y_true * tf.square(tf.maximum(1 - y_pred, 0)))


model.compile(loss=contrastive, optimizer="rmsprop")
model.fit([left, right], alike, batch_size=64, epochs=10, validation_split=0.1)
