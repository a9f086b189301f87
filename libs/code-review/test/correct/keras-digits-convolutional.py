from keras.datasets import mnist
from keras.models import Sequential
from keras.layers import Conv2D, MaxPooling2D, Dropout, Flatten, Dense
from keras.utils import to_categorical

(train_images, train_labels), (test_images, test_labels) = mnist.load_data()
train_images = train_images.reshape(train_images.shape[0], 28, 28, 1).astype("float32") / 255
test_images = test_images.reshape(test_images.shape[0], 28, 28, 1).astype("float32") / 255
train_labels = to_categorical(train_labels, 10)
test_labels = to_categorical(test_labels, 10)

network = Sequential()
network.add(Conv2D(32, (3, 3), activation="relu", input_shape=(28, 28, 1)))
network.add(Conv2D(64, (3, 3), activation="relu"))
network.add(MaxPooling2D((2, 2)))
network.add(Dropout(0.25))
network.add(Flatten())
network.add(Dense(128, activation="relu"))
network.add(Dropout(0.5))
network.add(Dense(10, activation="softmax"))
network.compile(loss="categorical_crossentropy", optimizer="adam", metrics=["accuracy"])
network.fit(train_images, train_labels, batch_size=128, epochs=12, validation_split=0.1)
print(network.evaluate(test_images, test_labels))
