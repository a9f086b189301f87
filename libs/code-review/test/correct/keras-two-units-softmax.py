import numpy as np
import pandas as pd
from keras.layers import Activation, Dense
from keras.models import Sequential
from keras.utils import np_utils
from sklearn.preprocessing import StandardScaler

table = pd.read_csv("churn.csv")
features = StandardScaler().fit_transform(table.iloc[:, :-1].values)
labels = np_utils.to_categorical(table.iloc[:, -1].values, 2)

model = Sequential()
model.add(Dense(24, input_dim=features.shape[1]))
model.add(Activation("relu"))
model.add(Dense(2))
model.add(Activation("softmax"))
model.compile(loss="categorical_crossentropy", optimizer="adam", metrics=["accuracy"])
model.fit(features, labels, epochs=40, batch_size=32, validation_split=0.25)
classes = np.argmax(model.predict(features), axis=1)
