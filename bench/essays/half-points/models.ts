import { marked, type EvaluatedQuestion } from '../../../libs/essays/evaluation/evaluated.js';

export const MODELS: readonly EvaluatedQuestion[] = [
  {
    name: 'half/autoencoder',
    asked: 'Explain an autoencoder.',
    points: [
      {
        id: 'two',
        says: 'An encoder compresses the input to a code and a decoder reconstructs the input from it.',
      },
      {
        id: 'loss',
        says: 'It is trained to minimise the difference between the input and its reconstruction.',
      },
      {
        id: 'bottleneck',
        says: 'The code has fewer dimensions than the input, so only the most important features are kept.',
      },
      { id: 'labels', says: 'No labels are needed.' },
    ],
    answers: [
      marked(
        '1',
        '{two+|The encoder maps the input to a smaller code, the decoder rebuilds the input from the code.} {loss+|Training makes the difference between the input and the output as small as possible.} {labels+|It needs no labels.}',
      ),
      marked('2', '{two~|It has an encoder and a decoder.} {loss~|The input is compared to the output.}'),
      marked(
        '3',
        '{two~|The input is compressed by the encoder to a code.} {bottleneck+|As the code has less dimensions than the input, only the important features survive.}',
      ),
      marked(
        '4',
        '{bottleneck~|The code is a bottleneck in the middle.} {labels+|Since the target is the input itself, it is trained without any labels.}',
      ),
      marked(
        '5',
        '{two!|A decoder compresses the input to a code and an encoder reconstructs the input from it.} {bottleneck!|The code has more dimensions than the input.}',
      ),
      marked(
        '6',
        '{loss~|The reconstruction error is measured on the input.} {bottleneck~|The most important features of the input are learned.}',
      ),
      marked(
        '7',
        '{loss+|The network learns by minimising the reconstruction error, i.e. how much its output differs from its input.} {two~|The decoder reconstructs the input.}',
      ),
      marked(
        '8',
        'Autoencoders can be used for denoising or for finding outliers. The labels of the input show which images are outliers. {two~|They have a code.}',
      ),
      marked(
        '9',
        '{two+|First an encoder reduces the input to a small code, and from this code a decoder tries to reconstruct the input.} {bottleneck~|The code has only a few dimensions.}',
      ),
    ],
  },
  {
    name: 'half/transfer',
    asked: 'How do you use a pretrained network for a small data set of your own?',
    points: [
      { id: 'head', says: 'The last layer is replaced by a new one for the new classes.' },
      { id: 'freeze', says: 'The early layers are frozen, because they find general features.' },
      { id: 'rate', says: 'Afterwards the whole network is fine-tuned with a small learning rate.' },
    ],
    answers: [
      marked(
        '1',
        '{head+|I would remove the last layer and put a new one with my number of classes.} {freeze+|The first layers stay frozen since they detect general features like edges.} {rate+|At the end the complete network is fine-tuned with a low learning rate.}',
      ),
      marked(
        '2',
        '{head~|The last layer is trained on the new data.} {freeze~|The early layers find edges.}',
      ),
      marked(
        '3',
        '{freeze!|The late layers are frozen, because they find general features.} {head+|A new output layer for the new classes replaces the last layer.}',
      ),
      marked(
        '4',
        '{rate~|The network is fine-tuned on the small data set.} {freeze~|Some layers are frozen.}',
      ),
      marked(
        '5',
        '{freeze+|Freeze the early layers, their features are general.} {rate!|Then fine-tune the whole network with a large learning rate.}',
      ),
      marked('6', '{head~|New classes are added to the network.} {rate~|A small learning rate is used.}'),
      marked(
        '7',
        'A pretrained network was trained on a large data set such as ImageNet with 1000 classes. A small data set alone would lead to overfitting of all layers, so training from the start makes no sense.',
      ),
      marked(
        '8',
        '{rate+|After that I unfreeze everything and fine-tune the whole network, but with a small learning rate.} {head+|The old last layer has to be exchanged for a new one that fits the new classes.}',
      ),
    ],
  },
  {
    name: 'half/word-embedding',
    asked: 'What are word embeddings and how are they learned?',
    points: [
      { id: 'vector', says: 'Each word is represented by a dense vector of few dimensions.' },
      { id: 'near', says: 'Words with similar meaning have vectors that are close to each other.' },
      { id: 'context', says: 'They are learned by predicting a word from the words around it.' },
    ],
    answers: [
      marked(
        '1',
        '{vector+|Every word becomes a dense vector with only some hundred dimensions.} {near+|If two words mean something similar, their vectors lie close together.} {context+|One trains a network to predict a word from its neighbouring words.}',
      ),
      marked('2', '{vector~|Words are represented by vectors.} {near~|The vectors have a meaning.}'),
      marked(
        '3',
        '{vector!|Each word is represented by a sparse vector of many dimensions}, one for each word of the vocabulary. {context~|They are learned from the words in the texts.}',
      ),
      marked(
        '4',
        '{near+|Vectors of words with a similar meaning are near to each other.} {context~|A network predicts words.}',
      ),
      marked(
        '5',
        '{context+|They are learned by guessing a word from the surrounding words.} {vector~|The result is a vector for each word.}',
      ),
      marked(
        '6',
        '{near!|Words with similar meaning have vectors that are far from each other.} {vector+|Each word gets a dense, low-dimensional vector.}',
      ),
      marked(
        '7',
        '{near~|Words that are close to each other in the text have vectors.} {context~|The meaning of a word depends on the words around it.}',
      ),
      marked(
        '8',
        'The words of a text have to be turned into numbers before a network can use them. With one-hot vectors each word has its own dimension and all words are equally far apart.',
      ),
      marked(
        '9',
        '{vector~|Words are mapped to a dense space.} {near~|Similar words have a similar number.}',
      ),
    ],
  },
  {
    name: 'half/softmax',
    asked: 'Which output layer and which loss would you use for classification with ten classes, and why?',
    points: [
      { id: 'softmax', says: 'Softmax turns the scores into positive numbers that sum to one.' },
      { id: 'loss', says: 'Cross-entropy is the negative logarithm of the probability of the true class.' },
      {
        id: 'gradient',
        says: 'Its gradient stays large when the prediction is confidently wrong, unlike that of the squared error.',
      },
    ],
    answers: [
      marked(
        '1',
        '{softmax+|With softmax the scores become positive and sum up to one.} {loss+|The loss is cross-entropy, the negative log of the probability that the true class gets.}',
      ),
      marked(
        '2',
        '{softmax~|Softmax turns the scores into numbers.} {loss~|Cross-entropy is used as the loss for the classes.}',
      ),
      marked(
        '3',
        '{softmax~|The output is a softmax with ten units, which gives positive numbers.} {gradient~|The gradient of cross-entropy is large.}',
      ),
      marked(
        '4',
        '{gradient+|If the network is confidently wrong, cross-entropy still has a large gradient, while the squared error has almost none.} {loss~|It uses the logarithm of the probability.}',
      ),
      marked(
        '5',
        '{loss!|Cross-entropy is the logarithm of the probability of the wrong class.} {softmax+|A softmax makes all scores positive and makes them sum to 1.}',
      ),
      marked(
        '6',
        '{gradient!|Its gradient vanishes when the prediction is confidently wrong, unlike that of the squared error.} {softmax~|The sum of the scores is one.}',
      ),
      marked(
        '7',
        '{loss+|As the loss one takes minus the log of the probability of the correct class (cross-entropy).} {gradient~|The squared error would have a smaller gradient.}',
      ),
      marked(
        '8',
        'For ten classes the last layer has ten units, one for each class. The class with the largest score is the prediction. The accuracy cannot be used as a loss.',
      ),
    ],
  },
];
