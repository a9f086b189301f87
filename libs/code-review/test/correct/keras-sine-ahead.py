import numpy as np
from tensorflow.keras.layers import LSTM, Dense
from tensorflow.keras.models import Sequential

wave = np.sin(np.arange(0, 200, 0.1))
span = 20
x = np.array([wave[i : i + span] for i in range(len(wave) - span)])
y = np.array([wave[i + span] for i in range(len(wave) - span)])
x = x.reshape((x.shape[0], span, 1))
cut = int(0.8 * len(x))

model = Sequential([LSTM(50, input_shape=(span, 1)), Dense(1)])
model.compile(optimizer="adam", loss="mean_squared_error")
model.fit(x[:cut], y[:cut], epochs=20, batch_size=32, validation_data=(x[cut:], y[cut:]), shuffle=False)
forecast = model.predict(x[cut:])
