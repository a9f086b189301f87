from keras.layers import Conv1D, Dense, Dropout, Embedding, GlobalMaxPooling1D
from keras.models import Sequential
from keras.preprocessing.sequence import pad_sequences
from keras.preprocessing.text import Tokenizer
from sklearn.model_selection import train_test_split
import pandas as pd

table = pd.read_csv("comments.csv")
tokenizer = Tokenizer(num_words=20000)
tokenizer.fit_on_texts(table["text"])
X = pad_sequences(tokenizer.texts_to_sequences(table["text"]), maxlen=120)
y = table["label"].values
X_train, X_test, y_train, y_test = train_test_split(X, y, test_size=0.2, random_state=3)

model = Sequential([
    Embedding(20000, 100, input_length=120),
    Conv1D(128, 5, activation="relu"),
    GlobalMaxPooling1D(),
    Dropout(0.4),
    Dense(64, activation="relu"),
    Dense(1, activation="sigmoid"),
])
model.compile(loss="binary_crossentropy", optimizer="adam", metrics=["accuracy"])
model.fit(X_train, y_train, epochs=5, batch_size=64, validation_data=(X_test, y_test))
