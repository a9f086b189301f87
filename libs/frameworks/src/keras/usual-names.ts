import { KERAS_NAMES } from './modules.js';

/** What only a program of Keras's speaks of: PyTorch has no such names. */
const OF_KERAS = /\b(keras|Dense|Conv(olution)?[123]D|(Max|Average)Pool(ing)?[123]D|input_shape)\b/;

const LAYERS = Object.fromEntries(KERAS_NAMES.map((name) => [name, `keras.layers.${name}`]));

/** Networks that were learned already. */
const PRETRAINED = Object.fromEntries(
  'VGG16 VGG19 ResNet50 InceptionV3 Xception MobileNet MobileNetV2 DenseNet121'
    .split(' ')
    .map((name) => [name, `keras.applications.${name}`]),
);

/** What stands beside layers and models. */
const ELSEWHERE: Readonly<Record<string, string>> = {
  keras: 'keras',
  tf: 'tensorflow',
  layers: 'keras.layers',
  Sequential: 'keras.models.Sequential',
  Model: 'keras.models.Model',
  load_model: 'keras.models.load_model',
  model_from_json: 'keras.models.model_from_json',
  SGD: 'keras.optimizers.SGD',
  Adam: 'keras.optimizers.Adam',
  RMSprop: 'keras.optimizers.RMSprop',
  Adagrad: 'keras.optimizers.Adagrad',
  Adadelta: 'keras.optimizers.Adadelta',
  Adamax: 'keras.optimizers.Adamax',
  Nadam: 'keras.optimizers.Nadam',
  optimizers: 'keras.optimizers',
  losses: 'keras.losses',
  categorical_crossentropy: 'keras.losses.categorical_crossentropy',
  sparse_categorical_crossentropy: 'keras.losses.sparse_categorical_crossentropy',
  binary_crossentropy: 'keras.losses.binary_crossentropy',
  EarlyStopping: 'keras.callbacks.EarlyStopping',
  ModelCheckpoint: 'keras.callbacks.ModelCheckpoint',
  ReduceLROnPlateau: 'keras.callbacks.ReduceLROnPlateau',
  to_categorical: 'keras.utils.to_categorical',
  np_utils: 'keras.utils.np_utils',
  ImageDataGenerator: 'keras.preprocessing.image.ImageDataGenerator',
  mnist: 'keras.datasets.mnist',
  cifar10: 'keras.datasets.cifar10',
  imdb: 'keras.datasets.imdb',
  pad_sequences: 'keras.preprocessing.sequence.pad_sequences',
  TimeseriesGenerator: 'keras.preprocessing.sequence.TimeseriesGenerator',
  confusion_matrix: 'sklearn.metrics.confusion_matrix',
  classification_report: 'sklearn.metrics.classification_report',
  accuracy_score: 'sklearn.metrics.accuracy_score',
  train_test_split: 'sklearn.model_selection.train_test_split',
  StandardScaler: 'sklearn.preprocessing.StandardScaler',
  MinMaxScaler: 'sklearn.preprocessing.MinMaxScaler',
  LabelEncoder: 'sklearn.preprocessing.LabelEncoder',
  OneHotEncoder: 'sklearn.preprocessing.OneHotEncoder',
  pd: 'pandas',
  cv2: 'cv2',
  cv: 'cv2',
  Image: 'PIL.Image',
  Tokenizer: 'keras.preprocessing.text.Tokenizer',
  img_to_array: 'keras.preprocessing.image.img_to_array',
  load_img: 'keras.preprocessing.image.load_img',
  fashion_mnist: 'keras.datasets.fashion_mnist',
  cifar100: 'keras.datasets.cifar100',
  boston_housing: 'keras.datasets.boston_housing',
  load_iris: 'sklearn.datasets.load_iris',
};

/**
 * Names that fragments of a program of Keras's use without importing them, or take by `import *`, and what they stand for. A name such
 * as `Embedding` is Keras's only where nothing speaks of PyTorch, whose `nn` is no `tf.nn`.
 */
export function usualKerasNames(source: string): Readonly<Record<string, string>> {
  if (/\btorch|(?<!\.)\bnn\b/.test(source)) return {};
  return {
    ...(OF_KERAS.test(source) && { ...LAYERS, models: 'keras.models', K: 'keras.backend' }),
    ...PRETRAINED,
    ...(/\bimage\.(load_img|img_to_array|ImageDataGenerator)\b/.test(source) && {
      image: 'keras.preprocessing.image',
    }),
    ...ELSEWHERE,
  };
}
