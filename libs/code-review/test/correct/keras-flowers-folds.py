from keras.layers import Dense
from keras.models import Sequential
from keras.wrappers.scikit_learn import KerasClassifier
from sklearn.datasets import load_iris
from sklearn.model_selection import KFold, cross_val_score
from sklearn.preprocessing import OneHotEncoder, StandardScaler
from keras.utils import to_categorical

iris = load_iris()
X = StandardScaler().fit_transform(iris.data)
Y = to_categorical(iris.target)


def baseline():
    model = Sequential()
    model.add(Dense(8, input_dim=4, activation="relu"))
    model.add(Dense(3, activation="softmax"))
    model.compile(loss="categorical_crossentropy", optimizer="adam", metrics=["accuracy"])
    return model


estimator = KerasClassifier(build_fn=baseline, epochs=200, batch_size=5, verbose=0)
results = cross_val_score(estimator, X, Y, cv=KFold(n_splits=10, shuffle=True))
