"""A folder that the command line gives, and a pretrained network with settings of a file."""

import argparse
import os

from tensorflow import keras
from tensorflow.keras import layers
from tensorflow.keras.applications import MobileNetV2

from settings import backbone

parser = argparse.ArgumentParser()
parser.add_argument("--folder", type=str, help="where the pictures are")
parser.add_argument("--side", type=int)
options = parser.parse_args()

pictures = keras.utils.image_dataset_from_directory(
    os.path.join(options.folder, "train"), image_size=(options.side, options.side)
)

given = keras.Input((options.side, options.side, 3))
scaled = layers.Rescaling(1 / 127.5, offset=-1)(given)
base = MobileNetV2(input_tensor=scaled, **backbone)
base.trainable = False
pooled = layers.GlobalAveragePooling2D()(base.output)
model = keras.Model(given, layers.Dense(5, activation="softmax")(pooled))
model.compile(optimizer="adam", loss="sparse_categorical_crossentropy", metrics=["accuracy"])
model.fit(pictures, epochs=4)
