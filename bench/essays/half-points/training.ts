import { marked, type EvaluatedQuestion } from '../../../libs/essays/evaluation/evaluated.js';

export const TRAINING: readonly EvaluatedQuestion[] = [
  {
    name: 'half/early-stopping',
    asked: 'What is early stopping and why does it help?',
    points: [
      { id: 'when', says: 'Training is stopped when the validation loss has not improved for some epochs.' },
      { id: 'restore', says: 'The weights with the lowest validation loss are restored.' },
      {
        id: 'why',
        says: 'It limits how far the weights can move from their start, so the network overfits less.',
      },
    ],
    answers: [
      marked(
        '1',
        '{when+|We look at the validation loss and stop the training if it did not get better for a few epochs.} {restore+|Then we take back the weights that had the lowest validation loss.}',
      ),
      marked(
        '2',
        '{when~|Early stopping means that the training is stopped early.} {why~|This way the network does not overfit.}',
      ),
      marked('3', '{when~|Training is stopped after some epochs.} {restore~|The weights are saved.}'),
      marked(
        '4',
        '{when+|As soon as the validation error stops improving for several epochs one ends training}, {restore+|and goes back to the best weights on the validation set.} {why+|The weights stay closer to their initial values and so it overfits less.}',
      ),
      marked(
        '5',
        '{when!|Training is stopped when the training loss has not improved for some epochs.} {why~|It reduces overfitting of the network.}',
      ),
      marked(
        '6',
        '{restore~|The weights of the last epoch are restored from the validation run.} The validation loss is computed for each epoch.',
      ),
      marked(
        '7',
        'The validation loss tells how the network does on new data. {why+|Stopping keeps the weights from moving far away from where they started, which is why there is less overfitting.}',
      ),
      marked(
        '8',
        '{when~|If the validation loss is too high then the training should be stopped because the model is not good.}',
      ),
      marked(
        '9',
        '{when+|Stop training once the loss on the validation data has not improved for a number of epochs.} {why~|The weights cannot grow too far then.}',
      ),
      marked(
        '10',
        'Early stopping is a regularisation method like dropout. It is cheap because the network is trained only once and the validation loss is needed anyway.',
      ),
    ],
  },
  {
    name: 'half/momentum',
    asked: 'Explain momentum in gradient descent.',
    points: [
      { id: 'what', says: 'A running average of past gradients is added to the step.' },
      { id: 'accelerate', says: 'Steps grow along directions in which successive gradients agree.' },
      { id: 'damp', says: 'Oscillations across a narrow valley cancel out.' },
    ],
    answers: [
      marked(
        '1',
        '{what+|We keep a moving average of the old gradients and add it to the current step.} {accelerate+|Where the gradients agree from step to step the steps become larger} {damp+|and oscillations across a narrow valley cancel each other.}',
      ),
      marked('2', '{what~|The gradient is added to the step.} {accelerate~|The steps grow.}'),
      marked('3', '{what~|Momentum uses past gradients.} {damp~|There are oscillations across the valley.}'),
      marked(
        '4',
        '{damp+|In a narrow valley the zigzags across it cancel out} {accelerate~|and the steps become faster.}',
      ),
      marked(
        '5',
        '{what+|To each step a running mean of the past gradients is added.} So it can roll over small local minima like a ball.',
      ),
      marked(
        '6',
        '{accelerate!|Steps shrink along directions in which successive gradients agree}, and {damp!|the oscillations across a narrow valley become larger.}',
      ),
      marked(
        '7',
        '{damp~|It reduces oscillations.} {what~|It is a term that is added to the weights update with a factor of 0.9.}',
      ),
      marked(
        '8',
        '{accelerate+|If successive gradients point into the same direction, the step in this direction becomes bigger and bigger.} {what~|The average gradient of the batch is used for the step.}',
      ),
      marked(
        '9',
        'Momentum is needed since gradient descent is slow. Gradient descent takes steps along the gradient of the loss, and the learning rate says how big the steps are.',
      ),
    ],
  },
  {
    name: 'half/weight-decay',
    asked: 'How does L2 regularisation work?',
    points: [
      { id: 'term', says: 'The sum of the squared weights is added to the loss.' },
      { id: 'shrink', says: 'In every step each weight is pulled towards zero in proportion to its size.' },
      { id: 'smooth', says: 'Small weights make the function smoother, so that it fits less noise.' },
    ],
    answers: [
      marked(
        '1',
        '{term+|One adds the sum of the squares of all weights to the loss.} {shrink+|The update then pulls every weight towards zero, in proportion to how large it is.}',
      ),
      marked('2', '{term~|The weights are added to the loss.} {shrink~|The weights become smaller.}'),
      marked(
        '3',
        '{term~|A penalty term is added to the loss function.} {smooth+|With small weights the function is smoother and does not fit the noise so much.}',
      ),
      marked(
        '4',
        '{term!|The sum of the absolute weights is added to the loss.} {shrink~|Each weight is pulled towards zero.}',
      ),
      marked(
        '5',
        '{smooth~|Small weights are good because the network then fits better.} {term+|Loss = error + lambda * sum of squared weights.}',
      ),
      marked(
        '6',
        '{shrink+|In each update step a weight is shrunk towards zero by an amount proportional to the weight itself.} {smooth~|The function becomes smoother.}',
      ),
      marked(
        '7',
        '{shrink!|In every step each weight is set to zero} if it is too small. {term~|The squared weights are summed.}',
      ),
      marked(
        '8',
        '{term+|It adds a term with the sum of the squared weights to the cost function}, {smooth+|which keeps weights small, so the learned function is smoother and picks up less noise.}',
      ),
      marked(
        '9',
        'The loss function is the sum of the squared errors. It tells how well the weights fit the data. Regularisation is needed when the network has many weights.',
      ),
    ],
  },
  {
    name: 'half/cross-validation',
    asked: 'Describe k-fold cross-validation.',
    points: [
      { id: 'split', says: 'The data is divided into k parts of the same size.' },
      {
        id: 'rotate',
        says: 'Each part is once the test set, while the other k-1 parts are used for training.',
      },
      { id: 'mean', says: 'The result is the mean of the k test errors.' },
    ],
    answers: [
      marked(
        '1',
        '{split+|We divide the data in k equally large parts.} {rotate+|Then the model is trained k times, each time with k-1 parts, and tested on the part that was left out.} {mean+|At the end the average of the k errors is taken.}',
      ),
      marked(
        '2',
        '{split~|The data is divided into parts.} {rotate~|One part is the test set and the others are used for training.}',
      ),
      marked(
        '3',
        '{split+|The data set is split into k folds of equal size} and {rotate+|every fold is used as the test set exactly once while the remaining k-1 folds are for training.}',
      ),
      marked(
        '4',
        '{split~|The data is divided into a training and a test set of the same size.} {mean~|The mean error is computed.}',
      ),
      marked(
        '5',
        '{mean+|As the result the k errors on the test parts are averaged.} It is expensive because the model is trained k times.',
      ),
      marked(
        '6',
        '{rotate!|Each part is once the training set while the other k-1 parts are used for testing.} {split+|For that the data must be divided into k parts of the same size.}',
      ),
      marked(
        '7',
        '{split~|k samples are drawn from the data.} {rotate~|The model is trained on the training data and tested on the test data.} {mean~|Then we look at the test error.}',
      ),
      marked(
        '8',
        '{mean!|The result is the smallest of the k test errors.} {rotate~|The training is repeated k times.}',
      ),
      marked(
        '9',
        'Cross-validation is used if there is little data. It gives a better estimate of the error on new data than one single split and can be used to choose hyperparameters.',
      ),
    ],
  },
];
