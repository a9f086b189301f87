from tensorflow.keras import layers, Model
from tensorflow.keras.applications import VGG16
from tensorflow.keras.optimizers import Adam
from tensorflow.keras.preprocessing.image import ImageDataGenerator

train_flow = ImageDataGenerator(rescale=1.0 / 255, horizontal_flip=True).flow_from_directory(
    "pets/train", target_size=(150, 150), batch_size=32, class_mode="binary"
)
valid_flow = ImageDataGenerator(rescale=1.0 / 255).flow_from_directory(
    "pets/valid", target_size=(150, 150), batch_size=32, class_mode="binary"
)
base = VGG16(weights="imagenet", include_top=False, input_shape=(150, 150, 3))
for layer in base.layers:
    layer.trainable = False
x = layers.Flatten()(base.output)
x = layers.Dense(256, activation="relu")(x)
x = layers.Dropout(0.5)(x)
x = layers.Dense(1, activation="sigmoid")(x)
model = Model(base.input, x)
model.compile(optimizer=Adam(learning_rate=1e-4), loss="binary_crossentropy", metrics=["accuracy"])
model.fit(train_flow, epochs=10, validation_data=valid_flow)
base.trainable = True
model.compile(optimizer=Adam(learning_rate=1e-5), loss="binary_crossentropy", metrics=["accuracy"])
model.fit(train_flow, epochs=5, validation_data=valid_flow)
