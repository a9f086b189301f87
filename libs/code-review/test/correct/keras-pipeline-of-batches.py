import tensorflow as tf

(x, y), _ = tf.keras.datasets.cifar10.load_data()


def prepare(image, label):
    return tf.cast(image, tf.float32) / 255.0, tf.one_hot(tf.squeeze(label), 10)


train = tf.data.Dataset.from_tensor_slices((x, y)).map(prepare).shuffle(10000).batch(128).prefetch(2)
model = tf.keras.Sequential([
    tf.keras.layers.Conv2D(32, 3, activation="relu", input_shape=(32, 32, 3)),
    tf.keras.layers.GlobalAveragePooling2D(),
    tf.keras.layers.Dense(10, activation="softmax"),
])
model.compile("adam", "categorical_crossentropy", ["accuracy"])
model.fit(train, epochs=10)
