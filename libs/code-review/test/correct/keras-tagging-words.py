from tensorflow.keras.layers import Bidirectional, Dense, Embedding, LSTM, TimeDistributed
from tensorflow.keras.models import Sequential

words, tags, length = 9000, 17, 60
model = Sequential()
model.add(Embedding(input_dim=words, output_dim=50, input_length=length, mask_zero=True))
model.add(Bidirectional(LSTM(100, return_sequences=True, dropout=0.1)))
model.add(TimeDistributed(Dense(tags, activation="softmax")))
model.compile(optimizer="adam", loss="sparse_categorical_crossentropy", metrics=["accuracy"])
