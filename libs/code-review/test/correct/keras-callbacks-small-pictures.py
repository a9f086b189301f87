from tensorflow.keras.callbacks import EarlyStopping, ModelCheckpoint, ReduceLROnPlateau
from tensorflow.keras.datasets import cifar10
from tensorflow.keras.layers import Activation, BatchNormalization, Conv2D, Dense, Dropout, Flatten, MaxPooling2D
from tensorflow.keras.models import Sequential
from tensorflow.keras.regularizers import l2
from tensorflow.keras.utils import to_categorical

(x_train, y_train), (x_test, y_test) = cifar10.load_data()
x_train = x_train.astype("float32")
x_test = x_test.astype("float32")
x_train /= 255
x_test /= 255
y_train, y_test = to_categorical(y_train, 10), to_categorical(y_test, 10)

model = Sequential()
for filters in (32, 64, 128):
    model.add(Conv2D(filters, (3, 3), padding="same", kernel_regularizer=l2(1e-4), input_shape=(32, 32, 3)))
    model.add(BatchNormalization())
    model.add(Activation("relu"))
    model.add(MaxPooling2D(pool_size=(2, 2)))
    model.add(Dropout(0.3))
model.add(Flatten())
model.add(Dense(10))
model.add(Activation("softmax"))
model.compile(loss="categorical_crossentropy", optimizer="adam", metrics=["accuracy"])
watch = [
    EarlyStopping(patience=5, restore_best_weights=True),
    ModelCheckpoint("best.h5", save_best_only=True),
    ReduceLROnPlateau(factor=0.5, patience=2),
]
model.fit(x_train, y_train, batch_size=64, epochs=50, validation_split=0.1, callbacks=watch)
model.evaluate(x_test, y_test)
