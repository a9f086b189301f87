import type { Fault } from './faults.js';

const fault = (
  program: string,
  name: string,
  check: string,
  replace: readonly (readonly [from: string, to: string])[],
  at?: string,
): Fault => ({
  name: `keras-${name}`,
  program: `keras-${program}.py`,
  replace,
  check,
  ...(at !== undefined && { at }),
});

const DIGITS = 'digits-convolutional';
const SPARSE = 'digits-dense-sparse-labels';
const FILMS = 'film-reviews-lstm';
const HOUSES = 'house-prices';
const CODE = 'autoencoder-dense';
const LABELS = 'many-labels';
const TWO = 'two-units-softmax';
const PETS = 'transfer-frozen';
const SMALL = 'callbacks-small-pictures';
const XOR = 'exclusive-or';
const FOLDS = 'flowers-folds';
const SINE = 'sine-ahead';
const NEWS = 'news-topics';
const TUMOURS = 'tumours';
const OLD = 'version-one';
const WORDS = 'text-convolutional';
const LINE = 'linear-fit';
const FLOWERS = 'rescaling-inside';
const OWN = 'subclassed-own-loop';
const CLASSES = 'own-classes';

/** Faults that are often met in programs written with Keras, each put into a program that is right. */
export const KERAS_FAULTS: readonly Fault[] = [
  fault(FILMS, 'softmax-on-one-unit', 'softmax-one-unit', [['activation="sigmoid"', 'activation="softmax"']]),
  fault(DIGITS, 'sigmoid-into-categorical', 'last-layer-loss', [
    ['10, activation="softmax"', '10, activation="sigmoid"'],
  ]),
  fault(DIGITS, 'relu-into-categorical', 'last-layer-loss', [
    ['10, activation="softmax"', '10, activation="relu"'],
  ]),
  fault(DIGITS, 'no-activation-into-categorical', 'last-layer-loss', [
    ['Dense(10, activation="softmax")', 'Dense(10)'],
  ]),
  fault(SPARSE, 'logits-not-said', 'last-layer-loss', [['from_logits=True', '']], 'keras.layers.Dense(10),'),
  fault(SPARSE, 'softmax-and-logits-said', 'last-layer-loss', [
    ['keras.layers.Dense(10),', 'keras.layers.Dense(10, activation="softmax"),'],
  ]),
  fault(DIGITS, 'softmax-into-binary', 'last-layer-loss', [
    ['loss="categorical_crossentropy"', 'loss="binary_crossentropy"'],
  ]),
  fault(FILMS, 'no-activation-into-binary', 'last-layer-loss', [
    ['Dense(1, activation="sigmoid")', 'Dense(1)'],
  ]),
  fault(XOR, 'tanh-into-binary', 'last-layer-loss', [['activation="sigmoid"', 'activation="tanh"']]),
  fault(WORDS, 'relu-into-binary', 'last-layer-loss', [
    ['Dense(1, activation="sigmoid")', 'Dense(1, activation="relu")'],
  ]),
  fault(
    LABELS,
    'categorical-for-many-labels',
    'last-layer-loss',
    [['loss="binary_crossentropy"', 'loss="categorical_crossentropy"']],
    'Dense(4, activation="sigmoid")',
  ),
  fault(FILMS, 'categorical-on-one-unit', 'one-unit-classes', [
    ['"binary_crossentropy"', '"categorical_crossentropy"'],
  ]),
  fault(TUMOURS, 'sparse-on-one-unit', 'one-unit-classes', [
    ['loss="binary_crossentropy"', 'loss="sparse_categorical_crossentropy"'],
  ]),
  fault(
    DIGITS,
    'validated-on-rows',
    'input-shape',
    [
      [
        'test_images = test_images.reshape(test_images.shape[0], 28, 28, 1)',
        'test_images = test_images.reshape(test_images.shape[0], 784)',
      ],
      ['validation_split=0.1', 'validation_data=(test_images, test_labels)'],
      ['print(network.evaluate(test_images, test_labels))', ''],
    ],
    'network.fit(',
  ),
  fault(DIGITS, 'class-numbers-into-categorical', 'labels-loss', [
    ['train_labels = to_categorical(train_labels, 10)\n', ''],
    ['loss="categorical', 'loss="categorical'],
  ]),
  fault(DIGITS, 'columns-into-sparse', 'labels-loss', [['loss="categorical', 'loss="sparse_categorical']]),
  fault(NEWS, 'categorical-without-columns', 'labels-loss', [
    ['loss="sparse_categorical_crossentropy"', 'loss="categorical_crossentropy"'],
  ]),
  fault(DIGITS, 'too-few-units', 'labels-loss', [
    ['Dense(10, activation="softmax")', 'Dense(9, activation="softmax")'],
  ]),
  fault(NEWS, 'too-few-units-for-numbers', 'labels-loss', [
    ['Dense(46, activation="softmax")', 'Dense(40, activation="softmax")'],
  ]),
  fault(HOUSES, 'entropy-for-prices', 'labels-loss', [
    ['Dense(1)', 'Dense(1, activation="sigmoid")'],
    ['loss="mse"', 'loss="binary_crossentropy"'],
  ]),
  fault(DIGITS, 'squares-for-classes', 'loss-task', [
    ['loss="categorical_crossentropy"', 'loss="mean_squared_error"'],
  ]),
  fault(TWO, 'absolute-for-classes', 'loss-task', [['loss="categorical_crossentropy"', 'loss="mae"']]),
  fault(HOUSES, 'accuracy-of-prices', 'metric-task', [['metrics=["mae"]', 'metrics=["accuracy"]']]),
  fault(SINE, 'accuracy-of-a-wave', 'metric-task', [
    ['loss="mean_squared_error")', 'loss="mean_squared_error", metrics=["accuracy"])'],
  ]),
  fault(HOUSES, 'no-activations-in-between', 'missing-nonlinearity', [
    ['Dense(64, activation="relu"))', 'Dense(64))'],
  ]),
  fault(
    TWO,
    'activation-forgotten',
    'missing-nonlinearity',
    [['model.add(Activation("relu"))\n', '']],
    'model.add(Dense(24',
  ),
  fault(DIGITS, 'convolutions-without-activation', 'missing-nonlinearity', [
    ['Conv2D(32, (3, 3), activation="relu", ', 'Conv2D(32, (3, 3), '],
  ]),
  fault(NEWS, 'softmax-between', 'softmax-hidden', [
    ['Dense(64, activation="relu"))', 'Dense(64, activation="softmax"))'],
  ]),
  fault(SINE, 'relu-on-a-wave', 'relu-on-output', [['Dense(1)', 'Dense(1, activation="relu")']]),
  fault(HOUSES, 'sigmoid-for-prices', 'output-range', [['Dense(1)', 'Dense(1, activation="sigmoid")']]),
  fault(
    CODE,
    'pixels-not-scaled-to-restore',
    'output-range',
    [['x_train.astype("float32") / 255.0', 'x_train.astype("float32")']],
    'restored = Dense',
  ),
  fault(
    DIGITS,
    'softmax-twice',
    'double-activation',
    [
      ['network.compile', 'network.add(Activation("softmax"))\nnetwork.compile'],
      ['Flatten, Dense', 'Flatten, Dense, Activation'],
    ],
    'network.add(Activation("softmax"))',
  ),
  fault(NEWS, 'dropout-at-the-end', 'dropout-on-output', [
    ['import Dense', 'import Dense, Dropout'],
    ['model.compile', 'model.add(Dropout(0.5))\nmodel.compile'],
  ]),
  fault(TUMOURS, 'rate-of-ten', 'lr-range', [['learning_rate=0.05', 'learning_rate=10']]),
  fault(
    PETS,
    'rate-of-one',
    'lr-range',
    [['learning_rate=1e-4', 'learning_rate=1.0']],
    'model.compile(optimizer=Adam(learning_rate=1.0',
  ),
  fault(LINE, 'rate-of-nothing', 'lr-range', [
    ['optimizer="sgd"', 'optimizer=keras.optimizers.SGD(learning_rate=0.0)'],
  ]),
  fault(
    NEWS,
    'never-compiled',
    'compile-missing',
    [
      [
        'model.compile(optimizer="rmsprop", loss="sparse_categorical_crossentropy", metrics=["accuracy"])\n',
        '',
      ],
    ],
    'model.fit(',
  ),
  fault(
    PETS,
    'thawed-after-compiling',
    'compile-before-change',
    [
      [
        'base.trainable = True\nmodel.compile(optimizer=Adam(learning_rate=1e-5), loss="binary_crossentropy", metrics=["accuracy"])\n',
        'base.trainable = True\n',
      ],
    ],
    'base.trainable',
  ),
  fault(XOR, 'ten-epochs-of-four-rows', 'few-updates', [['epochs=1000', 'epochs=10']]),
  fault(DIGITS, 'validated-on-what-it-learns', 'validation-is-train', [
    ['validation_split=0.1', 'validation_data=(train_images, train_labels)'],
  ]),
  fault(
    DIGITS,
    'pixels-as-they-are',
    'normalize-missing',
    [
      ['1).astype("float32") / 255', '1).astype("float32")'],
      ['1).astype("float32") / 255', '1).astype("float32")'],
    ],
    'train_images = train_images.reshape(',
  ),
  fault(
    SMALL,
    'scaled-twice',
    'scaled-twice',
    [['x_test /= 255', 'x_test /= 255\nx_train /= 255']],
    'x_train /= 255\ny_train',
  ),
  fault(
    DIGITS,
    'tried-on-other-numbers',
    'normalize-missing',
    [
      [
        'test_images.shape[0], 28, 28, 1).astype("float32") / 255',
        'test_images.shape[0], 28, 28, 1).astype("float32")',
      ],
    ],
    'network.evaluate(',
  ),
  fault(DIGITS, 'shape-of-something-else', 'input-shape', [
    ['input_shape=(28, 28, 1)', 'input_shape=(32, 32, 1)'],
  ]),
  fault(DIGITS, 'no-channel', 'layer-rank', [['input_shape=(28, 28, 1)', 'input_shape=(28, 28)']]),
  fault(
    FILMS,
    'sequence-not-passed-on',
    'layer-rank',
    [['LSTM(64, return_sequences=True)', 'LSTM(64)']],
    'LSTM(32',
  ),
  fault(
    DIGITS,
    'not-flattened',
    'flatten-missing',
    [['network.add(Flatten())\n', '']],
    'network.add(Dense(10',
  ),
  fault(FILMS, 'words-beyond-the-table', 'embedding-index', [
    ['Embedding(WORDS, 64)', 'Embedding(5000, 64)'],
  ]),
  fault(FLOWERS, 'misspelt-activation', 'keras-name', [
    ['Dense(128, activation="relu")', 'Dense(128, activation="rellu")'],
  ]),
  fault(OLD, 'all-weights-zero', 'zero-or-constant-weights', [['init="uniform"', 'init="zero"']]),
  fault(FOLDS, 'one-unit-for-three-columns', 'softmax-one-unit', [
    ['Dense(3, activation="softmax")', 'Dense(1, activation="softmax")'],
  ]),
  fault(
    FILMS,
    'largest-of-one',
    'argmax-one-logit',
    [
      [
        'guesses = (model.predict(x_test) > 0.5).astype("int32")',
        'import numpy as np\nguesses = np.argmax(model.predict(x_test), axis=1)',
      ],
    ],
    'guesses = np.argmax',
  ),
  fault(SMALL, 'everything-dropped', 'dropout-rate', [['Dropout(0.3)', 'Dropout(1.0)']]),
  fault(SMALL, 'maps-run-out', 'kernel-too-large', [
    ['(32, 64, 128)', '(32, 64, 128, 128, 128, 256)'],
    ['MaxPooling2D(pool_size=(2, 2))', 'MaxPooling2D(pool_size=(2, 2))'],
  ]),
  fault(OWN, 'rate-in-own-loop', 'lr-range', [['Adam(0.001)', 'SGD(learning_rate=30)']]),
  fault(
    PETS,
    'columns-from-folders',
    'labels-loss',
    [['class_mode="binary"', 'class_mode="categorical"']],
    'train_flow = ',
  ),
  fault(DIGITS, 'layer-not-called', 'call-missing', [['network.add(Flatten())', 'network.add(Flatten)']]),
  fault(FILMS, 'relu-fed-back', 'rnn-activation', [['LSTM(32, dropout=0.2)', "LSTM(32, activation='relu')"]]),
  fault(DIGITS, 'metrics-misspelt', 'keras-name', [['metrics=', 'metric=']]),
  fault(
    LABELS,
    'split-unpacked-in-another-order',
    'parts-mixed',
    [['x_train, x_test, y_train, y_test =', 'x_train, y_train, x_test, y_test =']],
    '.fit(',
  ),
  fault(TWO, 'classes-over-the-examples', 'argmax-batch', [
    ['model.predict(features), axis=1', 'model.predict(features), axis=0'],
  ]),
  fault(
    OWN,
    'logits-not-said-in-a-loop-of-its-own',
    'last-layer-loss',
    [['from_logits=True', '']],
    'tf.keras.layers.Dense(letters)',
  ),
  fault(OWN, 'softmax-and-logits-said-in-a-loop-of-its-own', 'last-layer-loss', [
    ['Dense(letters)', 'Dense(letters, activation="softmax")'],
  ]),
  fault(OWN, 'guesses-before-labels', 'loss-arguments', [
    ['entropy(labels, guesses)', 'entropy(guesses, labels)'],
  ]),
  fault(OWN, 'never-told-that-it-learns', 'train-missing', [
    ['reader(pictures, training=True)', 'reader(pictures)'],
  ]),
  fault(CLASSES, 'gradients-of-the-other', 'variables-of-another', [
    [
      'zip(painter_gradients, painter.trainable_variables)',
      'zip(painter_gradients, judge.trainable_variables)',
    ],
  ]),
  fault(CLASSES, 'predict-in-the-tape', 'graph-cut', [
    ['drawn = painter(ideas)', 'drawn = painter.predict(ideas)'],
  ]),
  fault(
    CLASSES,
    'answer-before-the-tape',
    'loss-outside-tape',
    [
      ['            drawn = painter(ideas)\n', ''],
      [
        '        ideas = tf.random.normal((64, 100))',
        '        ideas = tf.random.normal((64, 100))\n        drawn = painter(ideas)',
      ],
    ],
    'drawn = painter(ideas)',
  ),
  fault(CLASSES, 'linear-in-the-first', 'missing-nonlinearity', [
    ['Dense(128, activation="relu")', 'Dense(128)'],
  ]),
  fault(CLASSES, 'softmax-in-the-second', 'softmax-one-unit', [
    ['Dense(1)', 'Dense(1, activation="softmax")'],
  ]),
];
