import type { GivenCode } from '../../src/claims/given-code.js';

/** Six pieces of code, none of which the reading of claims was made from. */
export const CODES_OF_STUDENTS = {
  twoPools: {
    code: `import torch.nn as nn
class Classifier(nn.Module):
    def __init__(self):
        super().__init__()
        self.features = nn.Sequential(
            nn.Conv2d(1, 16, 5, padding=2), nn.ReLU(), nn.MaxPool2d(2),
            nn.Conv2d(16, 32, 5, padding=2), nn.ReLU(), nn.MaxPool2d(2))
        self.drop = nn.Dropout(0.4)
        self.fc1 = nn.Linear(32 * 7 * 7, 100)
        self.fc2 = nn.Linear(100, 10)
    def forward(self, x):
        x = self.features(x).flatten(1)
        x = self.drop(self.fc1(x).relu())
        return self.fc2(x)
`,
    input: [1, 28, 28],
  },
  doubleSoftmax: {
    code: `import torch
import torch.nn as nn
class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv1 = nn.Conv2d(3, 64, 3, padding=1)
        self.bn1 = nn.BatchNorm2d(64)
        self.conv2 = nn.Conv2d(64, 128, 3, stride=2, padding=1, bias=False)
        self.bn2 = nn.BatchNorm2d(128)
        self.fc = nn.Linear(128, 5)
    def forward(self, x):
        x = torch.sigmoid(self.bn1(self.conv1(x)))
        x = torch.sigmoid(self.bn2(self.conv2(x)))
        x = x.mean(dim=(2, 3))
        return torch.softmax(self.fc(x), dim=1)

net = Net()
criterion = nn.CrossEntropyLoss()
optimizer = torch.optim.SGD(net.parameters(), lr=5.0)
for epoch in range(10):
    for images, labels in train_loader:
        loss = criterion(net(images), labels)
        loss.backward()
        optimizer.step()
`,
    input: [3, 32, 32],
  },
  tagger: {
    code: `import torch.nn as nn
class Tagger(nn.Module):
    def __init__(self, vocab=5000, tags=12):
        super().__init__()
        self.embed = nn.Embedding(vocab, 64)
        self.lstm = nn.LSTM(64, 128, num_layers=2, batch_first=True, bidirectional=True, dropout=0.3)
        self.out = nn.Linear(256, tags)
    def forward(self, tokens):
        h, _ = self.lstm(self.embed(tokens))
        return self.out(h)
`,
  },
  blocks: {
    code: `import torch.nn as nn
class Block(nn.Module):
    def __init__(self, c):
        super().__init__()
        self.a = nn.Conv2d(c, c, 3, padding=1, bias=False)
        self.n = nn.BatchNorm2d(c)
        self.b = nn.Conv2d(c, c, 3, padding=1, bias=False)
        self.m = nn.BatchNorm2d(c)
    def forward(self, x):
        y = self.n(self.a(x)).relu()
        y = self.m(self.b(y))
        return (x + y).relu()
class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.stem = nn.Conv2d(3, 32, 7, stride=2, padding=3)
        self.blocks = nn.Sequential(*[Block(32) for _ in range(4)])
        self.pool = nn.AdaptiveAvgPool2d(1)
        self.head = nn.Linear(32, 100)
    def forward(self, x):
        return self.head(self.pool(self.blocks(self.stem(x))).flatten(1))
`,
    input: [3, 64, 64],
  },
  linearOnly: {
    code: `import torch, torch.nn as nn
model = nn.Sequential(nn.Linear(20, 50), nn.Linear(50, 50), nn.Linear(50, 1))
loss_fn = nn.MSELoss()
optimizer = torch.optim.Adam(model.parameters(), lr=1e-3, weight_decay=1e-4)
for epoch in range(50):
    for x, y in loader:
        optimizer.zero_grad()
        pred = model(x)
        loss = loss_fn(pred.squeeze(1), y)
        loss.backward()
        optimizer.step()
`,
    input: [20],
  },
  misfit: {
    code: `import torch.nn as nn
import torch.nn.functional as F
class VGGish(nn.Module):
    def __init__(self):
        super().__init__()
        self.c1 = nn.Conv2d(3, 32, 3)
        self.c2 = nn.Conv2d(32, 64, 3)
        self.c3 = nn.Conv2d(64, 64, 1)
        self.l1 = nn.Linear(64 * 6 * 6, 256)
        self.l2 = nn.Linear(512, 10)
    def forward(self, x):
        x = F.avg_pool2d(F.leaky_relu(self.c1(x)), 2)
        x = F.avg_pool2d(F.leaky_relu(self.c2(x)), 2)
        x = F.leaky_relu(self.c3(x))
        x = x.view(x.size(0), -1)
        return self.l2(self.l1(x))
`,
    input: [3, 32, 32],
  },
} satisfies Record<string, GivenCode>;

export type Truth = 'true' | 'false' | 'open';

/**
 * Claims about them in students' words, and whether they are so, by a person who had not looked at what the engine says.
 * At first reading none that is true was contradicted and none that is false was borne out.
 */
export const STUDENTS_WORDS: readonly (readonly [
  code: keyof typeof CODES_OF_STUDENTS,
  truth: Truth,
  text: string,
])[] = [
  [
    'twoPools',
    'true',
    'The padding of 2 keeps the spatial size the same before each pooling step, so after two max pools the 28x28 image is 7x7.',
  ],
  ['twoPools', 'true', 'Dropout with a probability of 40% is only used on the hidden fully connected layer.'],
  ['twoPools', 'true', 'No softmax is needed at the end if cross entropy loss is used.'],
  ['twoPools', 'true', 'Most of the weights sit in the first linear layer.'],
  ['twoPools', 'false', 'The network uses batch normalization after every convolution.'],
  ['twoPools', 'false', 'The second conv layer has 64 filters of size 3x3.'],
  ['twoPools', 'false', 'There is no regularisation at all in this model.'],
  ['twoPools', 'open', 'It would probably reach about 99% on MNIST.'],
  ['twoPools', 'true', 'There is no batch norm, which might make training slower.'],
  [
    'doubleSoftmax',
    'true',
    'Softmax is applied inside forward although the loss already does it, so it is done twice.',
  ],
  ['doubleSoftmax', 'true', 'The gradients are never reset to zero, they pile up from batch to batch.'],
  ['doubleSoftmax', 'true', 'A step size of 5 is far too big.'],
  ['doubleSoftmax', 'true', 'Bias in conv1 is redundant because batch norm follows.'],
  ['doubleSoftmax', 'true', 'There are no pooling layers, the global average is taken with mean instead.'],
  ['doubleSoftmax', 'false', 'The optimiser is Adam with a small learning rate.'],
  ['doubleSoftmax', 'false', 'The student chose the Adam optimiser and trains for twenty epochs.'],
  ['twoPools', 'false', 'The flatten layer yields 512 features.'],
  ['twoPools', 'true', 'The flatten layer yields 1568 features.'],
  ['linearOnly', 'false', 'zero_grad is called after the backward pass and before the step.'],
  ['doubleSoftmax', 'false', 'conv2 has a bias that is not needed because of the batch norm.'],
  ['doubleSoftmax', 'true', 'Sigmoid activations saturate and make gradients vanish, ReLU would be better.'],
  ['doubleSoftmax', 'false', 'The model correctly calls zero_grad before backward.'],
  ['doubleSoftmax', 'open', 'The images should be normalised before training.'],
  [
    'tagger',
    'true',
    'The hidden states of both directions are concatenated, which is why the last layer takes 256 inputs.',
  ],
  ['tagger', 'true', 'A two-layer bidirectional LSTM is used with 128 units per direction.'],
  ['tagger', 'true', 'The model has no attention mechanism.'],
  ['tagger', 'false', 'The LSTM reads the sentence in one direction only.'],
  ['tagger', 'false', 'The embedding dimension is 128.'],
  ['tagger', 'open', 'A transformer would be better for long texts.'],
  ['tagger', 'true', 'It does not treat padding tokens in any special way.'],
  ['blocks', 'true', 'Each block adds its input to the output, so gradients can flow directly.'],
  ['blocks', 'true', 'Convolutions inside the blocks have no bias as batch normalization comes after them.'],
  ['blocks', 'true', 'Only the stem reduces the resolution before the global pooling.'],
  ['blocks', 'false', 'The number of channels doubles in every block.'],
  ['blocks', 'false', 'There are no skip connections.'],
  ['blocks', 'true', 'With 4 blocks there are 8 three by three convolutions plus one 7x7 in front.'],
  ['blocks', 'true', 'The stem is not followed by batch norm or an activation.'],
  ['linearOnly', 'true', 'Without non linear activations the three layers are equal to one linear layer.'],
  ['linearOnly', 'true', 'Weight decay of 0.0001 is used to regularise.'],
  ['linearOnly', 'false', 'It uses ReLU between the linear layers.'],
  ['linearOnly', 'false', 'MSE is the wrong loss because this is a classification problem.'],
  ['linearOnly', 'true', 'Gradients are cleared in every iteration, the training loop itself is fine.'],
  ['misfit', 'true', 'The code crashes because l1 gives 256 features but l2 wants 512.'],
  ['misfit', 'true', 'There is no activation between the two fully connected layers.'],
  ['misfit', 'true', 'Average pooling is used and not max pooling.'],
  ['misfit', 'false', 'The model runs without errors on 32x32 RGB images.'],
  ['misfit', 'false', 'All convolutions use 3x3 kernels.'],
  ['misfit', 'true', 'The 1x1 convolution keeps the number of channels at 64.'],
  ['misfit', 'open', 'More data augmentation would help.'],
  ['twoPools', 'true', 'Two conv layers with 5x5 kernels, 16 and 32 filters.'],
  ['twoPools', 'true', 'Pooling halves the size twice.'],
  ['twoPools', 'true', 'The output layer has 10 neurons and there is one hidden layer of 100 neurons.'],
  [
    'twoPools',
    'true',
    'I see 2 convolutional layers, 2 pooling layers and 2 fully connected layers, so 4 layers with weights.',
  ],
  ['twoPools', 'true', 'The dropout layer drops 40% of the neurons and keeps 60%.'],
  ['twoPools', 'true', 'The network is quite shallow compared to ResNet-50 with its residual connections.'],
  ['twoPools', 'true', 'The first layer learns 16 filters with only 416 parameters.'],
  ['twoPools', 'true', 'Inputs have 1 channel, so it works for grayscale but not for RGB pictures.'],
  ['twoPools', 'true', 'fc1 goes from 1568 to 100 features.'],
  ['twoPools', 'true', 'If you remove the dropout the model has no regularisation.'],
  [
    'twoPools',
    'true',
    'The model does not have any batch norm layers or skip connections, but it does use dropout and max pooling.',
  ],
  ['twoPools', 'true', 'Adding batch norm after the convolutions would speed up training.'],
  ['doubleSoftmax', 'true', 'Batch norm is used after both convolutions but conv1 still has a bias.'],
  ['doubleSoftmax', 'true', 'In conv2 the bias was removed but in conv1 it was forgotten.'],
  ['doubleSoftmax', 'true', 'The final softmax should be removed because CrossEntropyLoss wants logits.'],
  ['doubleSoftmax', 'true', 'optimizer.zero_grad() is missing.'],
  ['doubleSoftmax', 'true', 'There is no dropout, therefore overfitting can happen.'],
  [
    'doubleSoftmax',
    'true',
    'There is no max pooling; downsampling is done with a stride of 2 in the second convolution.',
  ],
  ['doubleSoftmax', 'true', 'The learning rate should be 0.01 and not 5.'],
  ['doubleSoftmax', 'true', 'An lr of 5 will make SGD diverge.'],
  ['doubleSoftmax', 'true', 'SGD without momentum is used.'],
  ['doubleSoftmax', 'true', 'Five classes are predicted.'],
  ['doubleSoftmax', 'true', 'ReLU should be used instead of sigmoid.'],
  [
    'doubleSoftmax',
    'true',
    'Cross entropy is the right loss for classification in general, the problem is the softmax in front of it.',
  ],
  ['tagger', 'true', 'Dropout of 0.3 is applied between the two LSTM layers.'],
  ['tagger', 'true', 'No convolutions are used in this model.'],
  ['tagger', 'true', 'There is no softmax, so the output are raw scores.'],
  ['tagger', 'true', 'The vocabulary has 5000 words and each word becomes a vector of 64 numbers.'],
  ['tagger', 'true', 'It is a recurrent network, not a CNN.'],
  ['blocks', 'true', 'The first convolution has a 7x7 kernel, the others 3x3.'],
  ['blocks', 'true', 'All the convolutions in the residual blocks have 32 channels.'],
  ['blocks', 'true', 'There is no max pooling after the stem like in the original ResNet.'],
  ['blocks', 'true', 'The stem convolution has a bias, the block convolutions do not.'],
  ['blocks', 'true', 'There are no dropout layers.'],
  ['blocks', 'true', 'It outputs 100 classes.'],
  ['blocks', 'true', 'The activation functions are all ReLU.'],
  ['blocks', 'true', 'Batch norm is not used after the first conv.'],
  ['linearOnly', 'true', 'The optimizer is Adam with learning rate 0.001.'],
  ['linearOnly', 'true', 'The model is linear, so it cannot learn XOR.'],
  ['linearOnly', 'true', 'There are three linear layers and no activation function.'],
  ['linearOnly', 'true', 'For classification you would use cross entropy, here it is a regression with MSE.'],
  ['linearOnly', 'true', 'ReLU is missing between the layers.'],
  ['linearOnly', 'true', 'There is no dropout but weight decay.'],
  ['misfit', 'true', 'The flatten gives 2304 values, which fits l1.'],
  ['misfit', 'true', 'Leaky ReLU is used after every convolution but not after the first linear layer.'],
  ['misfit', 'true', 'Two of the convolutions are 3x3 and one is 1x1.'],
  ['misfit', 'true', 'No padding is used so each 3x3 convolution makes the image 2 pixels smaller.'],
  ['misfit', 'true', 'It does not use batch normalization.'],
  ['misfit', 'true', 'The model would not run.'],
  ['misfit', 'true', 'If l2 had 256 inputs the code would work.'],
  ['misfit', 'true', 'The convolution part runs fine, the error is in the last layer.'],
];
