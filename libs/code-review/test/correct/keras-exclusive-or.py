import numpy as np
from keras.layers import Dense
from keras.models import Sequential

questions = np.array([[0, 0], [0, 1], [1, 0], [1, 1]], "float32")
answers = np.array([[0], [1], [1], [0]], "float32")

model = Sequential()
model.add(Dense(16, input_dim=2, activation="relu"))
model.add(Dense(1, activation="sigmoid"))
model.compile(loss="binary_crossentropy", optimizer="adam", metrics=["binary_accuracy"])
model.fit(questions, answers, epochs=1000, verbose=0)
print(model.predict(questions).round())
