"""Data sets of numbers that are written out: lists in a tuple are several things, a list of lists is one."""

import tensorflow as tf

pairs = tf.data.Dataset.from_tensor_slices(([1.0, 2.0, 3.0, 4.0], [0, 1, 1, 0]))
pairs = pairs.shuffle(4).batch(2).map(lambda x, y: (tf.expand_dims(x, -1), y))

rows = [[0.0, 1.0], [1.0, 0.0], [1.0, 1.0], [0.0, 0.0]]
points = tf.data.Dataset.from_tensor_slices((rows, [1, 1, 0, 0])).batch(2).map(lambda x, y: (x * 2.0, y))
alone = tf.data.Dataset.from_tensor_slices(rows).batch(2).map(lambda x: x * 2.0)
both = (rows, [1, 1, 0, 0])
again = tf.data.Dataset.from_tensor_slices(both).map(lambda x, y: (x, y))

model = tf.keras.Sequential([tf.keras.layers.Dense(8, activation="relu"), tf.keras.layers.Dense(1)])
model.compile(optimizer="adam", loss=tf.keras.losses.BinaryCrossentropy(from_logits=True))
model.fit(points, epochs=20)
model.predict(alone)
for x, y in pairs:
    print(x, y)
for x, y in again:
    print(x, y)
