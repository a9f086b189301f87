import tensorflow as tf
from tensorflow.keras import layers

train = tf.keras.utils.image_dataset_from_directory("flowers", image_size=(180, 180), batch_size=32, subset="training", validation_split=0.2, seed=1)
valid = tf.keras.utils.image_dataset_from_directory("flowers", image_size=(180, 180), batch_size=32, subset="validation", validation_split=0.2, seed=1)
model = tf.keras.Sequential([
    layers.Rescaling(1.0 / 255, input_shape=(180, 180, 3)),
    layers.RandomFlip("horizontal"),
    layers.Conv2D(16, 3, padding="same", activation="relu"),
    layers.MaxPooling2D(),
    layers.Conv2D(32, 3, padding="same", activation="relu"),
    layers.MaxPooling2D(),
    layers.Flatten(),
    layers.Dense(128, activation="relu"),
    layers.Dense(5),
])
model.compile(optimizer="adam", loss=tf.keras.losses.SparseCategoricalCrossentropy(from_logits=True), metrics=["accuracy"])
model.fit(train, validation_data=valid, epochs=10)
