import numpy as np
from keras.layers import Dense, Dropout
from keras.models import Sequential
from sklearn.datasets import make_multilabel_classification
from sklearn.model_selection import train_test_split

x, y = make_multilabel_classification(n_samples=1000, n_features=10, n_classes=4, n_labels=2)
x_train, x_test, y_train, y_test = train_test_split(x, y, test_size=0.2)

model = Sequential()
model.add(Dense(32, activation="relu", input_dim=10))
model.add(Dropout(0.3))
model.add(Dense(4, activation="sigmoid"))
model.compile(loss="binary_crossentropy", optimizer="adam", metrics=["binary_accuracy"])
model.fit(x_train, y_train, epochs=60, verbose=0)
chosen = np.round(model.predict(x_test))
