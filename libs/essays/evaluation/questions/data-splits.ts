import { marked, type EvaluatedQuestion } from '../evaluated.js';

export const DATA_SPLITS: EvaluatedQuestion = {
  name: 'data-splits',
  asked:
    'Why is data split into training, validation and test sets, and how can one see that a model overfits?',
  points: [
    {
      id: 'fit',
      says: 'The parameters are learned on the training set.',
      wordings: ['The model learns its weights from the training data.'],
    },
    {
      id: 'select',
      says: 'The validation set is used to choose hyperparameters and to decide when to stop.',
      wordings: [
        'Hyperparameters are tuned on the validation data.',
        'Early stopping and model selection use the validation set.',
      ],
    },
    {
      id: 'final',
      says: 'The test set is used only once at the end for an unbiased estimate of performance on unseen data.',
      wordings: [
        'The test set gives an honest final evaluation on new data.',
        'The test set must not be touched before the end.',
      ],
    },
    {
      id: 'leak',
      says: 'Tuning on the test set makes the result too optimistic.',
      wordings: ['If the test set is used for tuning, its estimate is biased.'],
    },
    {
      id: 'gap',
      says: 'Overfitting shows when the training loss keeps falling while the validation loss rises.',
      wordings: [
        'Training error falls and validation error goes up.',
        'The model is much better on training data than on validation data.',
      ],
    },
  ],
  misconceptions: [{ id: 'train-on-test', says: 'The test set is used to train the model.' }],
  answers: [
    marked(
      'good',
      `
{fit+|The weights are fitted on the training data.} {select+|The validation set serves for picking hyperparameters like the learning rate, and for early stopping.} {final+|Only when everything is decided is the test set used, once, to get an honest estimate of how the model will do on new data.} {leak+|If we selected models by their test score, that score would be biased upwards.} {gap+|Overfitting is visible when training loss goes down but validation loss starts to go up.}`,
    ),
    marked(
      'swapped',
      `
{fit!|The parameters are learned on the test set} and {select!|hyperparameters are chosen with the training set.} {gap!|Overfitting shows when the validation loss keeps falling while the training loss rises.}`,
    ),
    marked(
      'short',
      `{fit+|Train: learn weights.} {select+|Validation: tune hyperparameters.} {final+|Test: final evaluation on unseen data.}`,
    ),
    marked(
      'partial',
      `
{gap+|A model overfits if it is much better on the training set than on the validation set and the validation error even increases with more epochs.} {select+|You look at the validation set to find the best settings for example the dropout rate.}`,
    ),
    marked(
      'waffle',
      `
Data is the new oil and without data there is no deep learning. It must be split into training, validation and test sets, for instance 70/15/15 or 80/10/10. The split should be random. There are functions in scikit-learn for this. Overfitting is a serious problem and one has to watch out for it at all times.`,
    ),
    marked(
      'non-native',
      `
The training set is for {fit+|the network to learn the weights.} With validation set {select+|we can compare different models and choose what is best.} {final+|Test set must not be touched until the end, it tell us how good is the model on data it never see.}`,
    ),
    marked(
      'paraphrase',
      `
It is the same as with exams: {fit+|the exercises in the book are what you practise on}, {select+|the mock exam tells you which way of studying works and when you can stop}, and {final+|the real exam is taken a single time and shows what you truly know.} {leak+|Whoever gets to see the real exam beforehand will get a grade that flatters him.} {gap+|Someone who learns by heart gets ever better at the exercises and worse in the mock exam.}`,
    ),
    marked(
      'salad',
      `Training set parameters learned, validation set hyperparameters stop, test set once unbiased estimate unseen, overfitting training loss falling validation loss rising.`,
    ),
    marked(
      'leak',
      `
{leak!|It is fine to tune on the test set as it does not change the result.} {final!|The test set should be used many times during training to check the performance.} {fit+|The model's weights are trained on the training set.}`,
    ),
    marked(
      'long',
      `
Suppose we had only one data set. The model could simply memorise it, and its error would tell us nothing about what happens tomorrow. {fit+|So a part, the largest, is reserved for gradient descent: on it the weights are adjusted.} There are, however, many decisions that gradient descent doesn't make: depth, width, learning rate, augmentation, number of epochs. {select+|These are made by comparing candidates on the validation data.} Each comparison uses up a bit of its neutrality, because we keep what happened to look good there.

{final+|That is why a third part stays locked away; it's opened when all decisions are made and gives a number that one can report as the expected performance in the field.} {leak+|If the number is not to our liking and we go back and change the model, the test set has become a second validation set and its estimate is overly optimistic.} {gap+|In the learning curves, the point where the validation curve turns upwards while the training curve continues to decline is where overfitting begins.} With little data, use cross validation.`,
    ),
    marked(
      'question',
      `Is the validation set used to choose hyperparameters? Is the test set only used once at the end?`,
    ),
    marked(
      'copied',
      `Data is split into training, validation and test sets. Data is split into training, validation and test sets so that one can see that a model overfits.`,
    ),
  ],
};
