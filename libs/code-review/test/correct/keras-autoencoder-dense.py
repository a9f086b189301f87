import numpy as np
from keras.datasets import mnist
from keras.layers import Dense, Input
from keras.models import Model

(x_train, _), (x_test, _) = mnist.load_data()
x_train = x_train.astype("float32") / 255.0
x_test = x_test.astype("float32") / 255.0
x_train = x_train.reshape((len(x_train), np.prod(x_train.shape[1:])))
x_test = x_test.reshape((len(x_test), np.prod(x_test.shape[1:])))

picture = Input(shape=(784,))
code = Dense(32, activation="relu")(picture)
restored = Dense(784, activation="sigmoid")(code)
autoencoder = Model(picture, restored)
encoder = Model(picture, code)
autoencoder.compile(optimizer="adam", loss="binary_crossentropy")
autoencoder.fit(x_train, x_train, epochs=50, batch_size=256, shuffle=True, validation_data=(x_test, x_test))
codes = encoder.predict(x_test)
