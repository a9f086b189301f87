from sklearn.datasets import load_breast_cancer
from sklearn.model_selection import train_test_split
from sklearn.preprocessing import StandardScaler
from tensorflow.keras.layers import Dense, Input
from tensorflow.keras.models import Sequential
from tensorflow.keras.optimizers import SGD

data = load_breast_cancer()
X_train, X_test, y_train, y_test = train_test_split(data.data, data.target, test_size=0.3, stratify=data.target)
scaler = StandardScaler()
X_train = scaler.fit_transform(X_train)
X_test = scaler.transform(X_test)
model = Sequential([Input(shape=(30,)), Dense(16, activation="tanh"), Dense(8, activation="tanh"), Dense(1, activation="sigmoid")])
model.compile(optimizer=SGD(learning_rate=0.05, momentum=0.9), loss="binary_crossentropy", metrics=["accuracy", "AUC"])
model.fit(X_train, y_train, epochs=60, batch_size=16, validation_data=(X_test, y_test))
print(model.evaluate(X_test, y_test))
