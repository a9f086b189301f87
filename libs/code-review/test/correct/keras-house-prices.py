from tensorflow.keras.datasets import boston_housing
from tensorflow.keras.layers import Dense
from tensorflow.keras.models import Sequential

(train_data, train_targets), (test_data, test_targets) = boston_housing.load_data()
mean = train_data.mean(axis=0)
std = train_data.std(axis=0)
train_data = (train_data - mean) / std
test_data = (test_data - mean) / std


def build():
    model = Sequential()
    model.add(Dense(64, activation="relu", input_shape=(train_data.shape[1],)))
    model.add(Dense(64, activation="relu"))
    model.add(Dense(1))
    model.compile(optimizer="rmsprop", loss="mse", metrics=["mae"])
    return model


model = build()
model.fit(train_data, train_targets, epochs=80, batch_size=16, verbose=0)
mse, mae = model.evaluate(test_data, test_targets)
