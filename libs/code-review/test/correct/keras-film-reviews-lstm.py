from keras.datasets import imdb
from keras.layers import LSTM, Dense, Embedding
from keras.models import Sequential
from keras.preprocessing import sequence

WORDS, LENGTH = 10000, 200
(x_train, y_train), (x_test, y_test) = imdb.load_data(num_words=WORDS)
x_train = sequence.pad_sequences(x_train, maxlen=LENGTH)
x_test = sequence.pad_sequences(x_test, maxlen=LENGTH)

model = Sequential()
model.add(Embedding(WORDS, 64))
model.add(LSTM(64, return_sequences=True))
model.add(LSTM(32, dropout=0.2))
model.add(Dense(1, activation="sigmoid"))
model.compile("rmsprop", "binary_crossentropy", metrics=["accuracy"])
model.fit(x_train, y_train, batch_size=64, epochs=4, validation_split=0.2)
guesses = (model.predict(x_test) > 0.5).astype("int32")
