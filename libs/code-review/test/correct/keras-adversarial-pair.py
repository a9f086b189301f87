import numpy as np
from keras.datasets import mnist
from keras.layers import BatchNormalization, Dense, Flatten, Input, LeakyReLU, Reshape
from keras.models import Model, Sequential
from keras.optimizers import Adam

(images, _), _ = mnist.load_data()
images = images / 127.5 - 1.0
images = np.expand_dims(images, axis=3)

generator = Sequential()
generator.add(Dense(256, input_dim=100))
generator.add(LeakyReLU(alpha=0.2))
generator.add(BatchNormalization(momentum=0.8))
generator.add(Dense(512))
generator.add(LeakyReLU(alpha=0.2))
generator.add(Dense(784, activation="tanh"))
generator.add(Reshape((28, 28, 1)))

discriminator = Sequential()
discriminator.add(Flatten(input_shape=(28, 28, 1)))
discriminator.add(Dense(512))
discriminator.add(LeakyReLU(alpha=0.2))
discriminator.add(Dense(1, activation="sigmoid"))
discriminator.compile(loss="binary_crossentropy", optimizer=Adam(0.0002, 0.5), metrics=["accuracy"])

noise = Input(shape=(100,))
discriminator.trainable = False
pair = Model(noise, discriminator(generator(noise)))
pair.compile(loss="binary_crossentropy", optimizer=Adam(0.0002, 0.5))

ones, zeros = np.ones((32, 1)), np.zeros((32, 1))
for step in range(10000):
    chosen = images[np.random.randint(0, images.shape[0], 32)]
    made = generator.predict(np.random.normal(0, 1, (32, 100)))
    discriminator.train_on_batch(chosen, ones)
    discriminator.train_on_batch(made, zeros)
    pair.train_on_batch(np.random.normal(0, 1, (32, 100)), ones)
