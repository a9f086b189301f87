"""Lists, sets and counts that data of unknown length fill, and an option of the command line."""

import sys

import numpy as np
from tensorflow import keras
from tensorflow.keras import layers

from pictures import batches, captions, reader

if len(sys.argv) < 2:
    print("usage: collected.py EPOCHS")
    sys.exit(1)
epochs = int(sys.argv[1])

words = set()
for caption in captions:
    words.update(caption.split())
columns = sorted(words)
print(columns[3], len(words))

seen = 0
for batch in batches:
    seen += 1
rows = []
while reader.has_more():
    rows.append(reader.next_row())
print(rows[7], seen)

shapes = set()
for row in rows:
    shapes.add(tuple(row.shape))
ranks = set(len(shape) for shape in shapes)
if len(ranks) == 1:
    (rank,) = ranks
    print(rank)

model = keras.Sequential(
    [
        keras.Input((64,)),
        layers.Dense(128, activation="relu"),
        layers.Dense(len(words), activation="softmax"),
    ]
)
model.compile(optimizer="adam", loss="sparse_categorical_crossentropy", metrics=["accuracy"])
model.fit(np.array(rows), np.array([row.label for row in rows]), epochs=epochs)

likely, labels = [], []
for pictures, answers in batches:
    likely.extend(model.predict(pictures, verbose=0))
    labels += list(answers)
print("first ten:", likely[9], labels[9])
guesses = np.argmax(np.array(likely), axis=1)
print("accuracy:", np.mean(guesses == np.array(labels)))
