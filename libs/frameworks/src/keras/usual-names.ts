const LAYERS =
  'Dense Dropout Flatten Activation Conv1D Conv2D Conv3D Convolution1D Convolution2D MaxPooling1D MaxPooling2D MaxPool2D AveragePooling2D GlobalAveragePooling2D GlobalAveragePooling1D GlobalMaxPooling1D GlobalMaxPooling2D BatchNormalization LSTM GRU SimpleRNN Bidirectional TimeDistributed RepeatVector Embedding LeakyReLU PReLU Reshape Input UpSampling2D ZeroPadding2D Conv2DTranspose Lambda InputLayer Masking SpatialDropout1D'.split(
    ' ',
  );

const elsewhere: Readonly<Record<string, string>> = {
  keras: 'keras',
  tf: 'tensorflow',
  layers: 'keras.layers',
  Sequential: 'keras.models.Sequential',
  SGD: 'keras.optimizers.SGD',
  Adam: 'keras.optimizers.Adam',
  RMSprop: 'keras.optimizers.RMSprop',
  Adagrad: 'keras.optimizers.Adagrad',
  Adadelta: 'keras.optimizers.Adadelta',
  to_categorical: 'keras.utils.to_categorical',
  np_utils: 'keras.utils.np_utils',
  ImageDataGenerator: 'keras.preprocessing.image.ImageDataGenerator',
  mnist: 'keras.datasets.mnist',
  cifar10: 'keras.datasets.cifar10',
  imdb: 'keras.datasets.imdb',
  pad_sequences: 'keras.preprocessing.sequence.pad_sequences',
  train_test_split: 'sklearn.model_selection.train_test_split',
  StandardScaler: 'sklearn.preprocessing.StandardScaler',
  MinMaxScaler: 'sklearn.preprocessing.MinMaxScaler',
  LabelEncoder: 'sklearn.preprocessing.LabelEncoder',
  OneHotEncoder: 'sklearn.preprocessing.OneHotEncoder',
  pd: 'pandas',
};

/** Names that fragments of programs with Keras use without importing them, or take by `import *`, and what they stand for. */
export const KERAS_NAMES: Readonly<Record<string, string>> = {
  ...Object.fromEntries(LAYERS.map((name) => [name, `keras.layers.${name}`])),
  ...elsewhere,
};
