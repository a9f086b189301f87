import numpy as np
from keras.callbacks import LambdaCallback
from keras.layers import LSTM, Dense
from keras.models import Sequential
from keras.optimizers import RMSprop

text = open("poems.txt").read().lower()
chars = sorted(set(text))
index = {c: i for i, c in enumerate(chars)}
maxlen = 40
pieces = [text[i : i + maxlen] for i in range(0, len(text) - maxlen, 3)]
following = [text[i + maxlen] for i in range(0, len(text) - maxlen, 3)]
x = np.zeros((len(pieces), maxlen, len(chars)), dtype=bool)
y = np.zeros((len(pieces), len(chars)), dtype=bool)
for i, piece in enumerate(pieces):
    for t, char in enumerate(piece):
        x[i, t, index[char]] = 1
    y[i, index[following[i]]] = 1

model = Sequential()
model.add(LSTM(128, input_shape=(maxlen, len(chars))))
model.add(Dense(len(chars), activation="softmax"))
model.compile(loss="categorical_crossentropy", optimizer=RMSprop(learning_rate=0.01))


def show(epoch, logs):
    guess = model.predict(x[:1], verbose=0)[0]
    print(epoch, chars[np.argmax(guess)])


model.fit(x, y, batch_size=128, epochs=40, callbacks=[LambdaCallback(on_epoch_end=show)])
