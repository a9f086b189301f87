"""Handwritten letters, by a class of one's own and a loop of one's own."""
import tensorflow as tf


class Reader(tf.keras.Model):
    def __init__(self, letters):
        super().__init__()
        self.flat = tf.keras.layers.Flatten()
        self.hidden = tf.keras.layers.Dense(96, activation="relu")
        self.drop = tf.keras.layers.Dropout(0.25)
        self.scores = tf.keras.layers.Dense(letters)

    def call(self, pictures, training=False):
        features = self.hidden(self.flat(pictures))
        return self.scores(self.drop(features, training=training))


(seen, seen_labels), (kept, kept_labels) = tf.keras.datasets.mnist.load_data()
seen = seen.astype("float32") / 255.0
kept = kept.astype("float32") / 255.0
seen_batches = tf.data.Dataset.from_tensor_slices((seen, seen_labels)).shuffle(10000).batch(64)
kept_batches = tf.data.Dataset.from_tensor_slices((kept, kept_labels)).batch(64)

reader = Reader(10)
entropy = tf.keras.losses.SparseCategoricalCrossentropy(from_logits=True)
adam = tf.keras.optimizers.Adam(0.001)
right = tf.keras.metrics.SparseCategoricalAccuracy()


@tf.function
def learn(pictures, labels):
    with tf.GradientTape() as tape:
        guesses = reader(pictures, training=True)
        loss = entropy(labels, guesses)
    gradients = tape.gradient(loss, reader.trainable_variables)
    adam.apply_gradients(zip(gradients, reader.trainable_variables))
    return loss


for epoch in range(12):
    for pictures, labels in seen_batches:
        loss = learn(pictures, labels)
    right.reset_state()
    for pictures, labels in kept_batches:
        right.update_state(labels, reader(pictures, training=False))
    print(epoch, float(loss), float(right.result()))
