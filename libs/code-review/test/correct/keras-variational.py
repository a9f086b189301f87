import keras
from keras import backend as K
from keras import layers
from keras.datasets import mnist

(x_train, _), (x_test, _) = mnist.load_data()
x_train = x_train.reshape(60000, 784).astype("float32") / 255

inputs = keras.Input(shape=(784,))
h = layers.Dense(256, activation="relu")(inputs)
mean = layers.Dense(2)(h)
log_variance = layers.Dense(2)(h)


def draw(arguments):
    middle, spread = arguments
    return middle + K.exp(0.5 * spread) * K.random_normal(shape=(K.shape(middle)[0], 2))


z = layers.Lambda(draw)([mean, log_variance])
decoded = layers.Dense(256, activation="relu")(z)
outputs = layers.Dense(784, activation="sigmoid")(decoded)
vae = keras.Model(inputs, outputs)
restored = 784 * keras.losses.binary_crossentropy(inputs, outputs)
divergence = -0.5 * K.sum(1 + log_variance - K.square(mean) - K.exp(log_variance), axis=-1)
vae.add_loss(K.mean(restored + divergence))
vae.compile(optimizer="adam")
vae.fit(x_train, epochs=30, batch_size=128)
