import numpy as np
from keras.datasets import reuters
from keras.layers import Dense
from keras.models import Sequential

(train_data, train_labels), (test_data, test_labels) = reuters.load_data(num_words=10000)


def marked(sequences, dimension=10000):
    results = np.zeros((len(sequences), dimension))
    for i, sequence in enumerate(sequences):
        results[i, sequence] = 1.0
    return results


x_train, x_test = marked(train_data), marked(test_data)
model = Sequential()
model.add(Dense(64, activation="relu", input_shape=(10000,)))
model.add(Dense(64, activation="relu"))
model.add(Dense(46, activation="softmax"))
model.compile(optimizer="rmsprop", loss="sparse_categorical_crossentropy", metrics=["accuracy"])
model.fit(x_train[1000:], train_labels[1000:], epochs=9, batch_size=512, validation_data=(x_train[:1000], train_labels[:1000]))
print(model.evaluate(x_test, test_labels))
