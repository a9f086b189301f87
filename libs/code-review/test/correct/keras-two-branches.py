import keras
from keras import layers

title = keras.Input(shape=(None,), name="title")
body = keras.Input(shape=(None,), name="body")
tags = keras.Input(shape=(12,), name="tags")
title_code = layers.LSTM(64)(layers.Embedding(5000, 32)(title))
body_code = layers.LSTM(32)(layers.Embedding(5000, 32)(body))
x = layers.concatenate([title_code, body_code, tags])
urgency = layers.Dense(1, name="urgency")(x)
desk = layers.Dense(4, name="desk")(x)
model = keras.Model(inputs=[title, body, tags], outputs=[urgency, desk])
model.compile(
    optimizer=keras.optimizers.RMSprop(1e-3),
    loss={
        "urgency": keras.losses.BinaryCrossentropy(from_logits=True),
        "desk": keras.losses.CategoricalCrossentropy(from_logits=True),
    },
    loss_weights={"urgency": 1.0, "desk": 0.2},
)
