import type { GivenCode } from '../../src/claims/given-code.js';
import type { Saying } from './whole-programs.js';

/** Programs that classify, generate and repair pictures and texts. */
export const CODES = {
  cnn: {
    code: `import torch
import torch.nn as nn
import torch.nn.functional as F
from torchvision import datasets, transforms

class DigitNet(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv1 = nn.Conv2d(1, 20, kernel_size=5)
        self.conv2 = nn.Conv2d(20, 40, kernel_size=5)
        self.fc1 = nn.Linear(40 * 4 * 4, 120)
        self.fc2 = nn.Linear(120, 84)
        self.fc3 = nn.Linear(84, 10)

    def forward(self, x):
        x = F.max_pool2d(F.relu(self.conv1(x)), 2)
        x = F.max_pool2d(F.relu(self.conv2(x)), 2)
        x = torch.flatten(x, 1)
        x = F.relu(self.fc1(x))
        x = self.fc2(x)
        x = self.fc3(x)
        return F.softmax(x, dim=1)

train_set = datasets.FashionMNIST('.', train=True, download=True, transform=transforms.ToTensor())
train_loader = torch.utils.data.DataLoader(train_set, batch_size=256, shuffle=False)
model = DigitNet()
criterion = nn.CrossEntropyLoss()
optimizer = torch.optim.Adam(model.parameters(), lr=0.1)
for epoch in range(3):
    running = 0.0
    for images, labels in train_loader:
        out = model(images)
        loss = criterion(out, labels)
        loss.backward()
        optimizer.step()
        running += loss.item()
    print(epoch, running / len(train_loader))
`,
    input: [1, 28, 28],
  },
  finetune: {
    code: `import torch
import torch.nn as nn
from torchvision import models, datasets, transforms

transform = transforms.Compose([transforms.Resize((224, 224)), transforms.RandomHorizontalFlip(), transforms.ToTensor(), transforms.Normalize([0.485, 0.456, 0.406], [0.229, 0.224, 0.225])])
train_ds = datasets.ImageFolder('data/train', transform=transform)
val_ds = datasets.ImageFolder('data/val', transform=transform)
train_dl = torch.utils.data.DataLoader(train_ds, batch_size=32, shuffle=True, num_workers=4)
val_dl = torch.utils.data.DataLoader(val_ds, batch_size=32)

device = torch.device('cuda' if torch.cuda.is_available() else 'cpu')
model = models.resnet18(weights='IMAGENET1K_V1')
for p in model.parameters():
    p.requires_grad = False
model.fc = nn.Linear(512, 5)
model = model.to(device)
optimizer = torch.optim.SGD(model.fc.parameters(), lr=0.001, momentum=0.9)
loss_fn = nn.CrossEntropyLoss()

for epoch in range(20):
    model.train()
    for x, y in train_dl:
        x, y = x.to(device), y.to(device)
        optimizer.zero_grad()
        loss = loss_fn(model(x), y)
        loss.backward()
        optimizer.step()
    correct = 0
    for x, y in val_dl:
        x, y = x.to(device), y.to(device)
        correct += (model(x).argmax(1) == y).sum().item()
    print(epoch, correct / len(val_ds))
torch.save(model.state_dict(), 'model.pt')
`,
    input: [3, 224, 224],
  },
  sentiment: {
    code: `import torch
import torch.nn as nn

class Sentiment(nn.Module):
    def __init__(self, vocab_size=20000, embed=128, hidden=256):
        super().__init__()
        self.embedding = nn.Embedding(vocab_size, embed)
        self.rnn = nn.LSTM(embed, hidden, batch_first=True, bidirectional=True)
        self.dropout = nn.Dropout(0.5)
        self.fc = nn.Linear(hidden * 2, 1)

    def forward(self, text):
        x = self.dropout(self.embedding(text))
        out, (h, c) = self.rnn(x)
        h = torch.cat((h[-2], h[-1]), dim=1)
        return torch.sigmoid(self.fc(self.dropout(h))).squeeze(1)

def train(model, loader, epochs=5):
    opt = torch.optim.Adam(model.parameters(), lr=1e-3)
    bce = nn.BCEWithLogitsLoss()
    for _ in range(epochs):
        model.train()
        for text, label in loader:
            opt.zero_grad()
            pred = model(text)
            loss = bce(pred, label.float())
            loss.backward()
            nn.utils.clip_grad_norm_(model.parameters(), 1.0)
            opt.step()
`,
    input: [40],
  },
  kerascnn: {
    code: `from tensorflow import keras
from tensorflow.keras import layers

(x_train, y_train), (x_test, y_test) = keras.datasets.cifar10.load_data()
x_train = x_train / 255.0
x_test = x_test / 255.0

model = keras.Sequential([
    layers.Conv2D(32, (3, 3), activation='relu', input_shape=(32, 32, 3)),
    layers.MaxPooling2D((2, 2)),
    layers.Conv2D(64, (3, 3), activation='relu'),
    layers.MaxPooling2D((2, 2)),
    layers.Flatten(),
    layers.Dense(64, activation='relu'),
    layers.Dropout(0.3),
    layers.Dense(10, activation='sigmoid'),
])
model.compile(optimizer='adam', loss='categorical_crossentropy', metrics=['accuracy'])
model.fit(x_train, y_train, epochs=15, batch_size=64, validation_split=0.1)
print(model.evaluate(x_test, y_test))
`,
  },
  gan: {
    code: `import torch
import torch.nn as nn
from torchvision import datasets, transforms

class Generator(nn.Module):
    def __init__(self):
        super().__init__()
        self.net = nn.Sequential(nn.Linear(100, 256), nn.ReLU(), nn.Linear(256, 512), nn.ReLU(), nn.Linear(512, 784), nn.Tanh())
    def forward(self, z):
        return self.net(z).view(-1, 1, 28, 28)

class Discriminator(nn.Module):
    def __init__(self):
        super().__init__()
        self.net = nn.Sequential(nn.Flatten(), nn.Linear(784, 256), nn.LeakyReLU(0.2), nn.Linear(256, 1), nn.Sigmoid())
    def forward(self, x):
        return self.net(x)

data = datasets.MNIST('.', download=True, transform=transforms.Compose([transforms.ToTensor(), transforms.Normalize((0.5,), (0.5,))]))
loader = torch.utils.data.DataLoader(data, batch_size=64, shuffle=True, drop_last=True)
G, D = Generator(), Discriminator()
opt_g = torch.optim.Adam(G.parameters(), lr=2e-4, betas=(0.5, 0.999))
opt_d = torch.optim.Adam(D.parameters(), lr=2e-4, betas=(0.5, 0.999))
bce = nn.BCELoss()
for epoch in range(50):
    for real, _ in loader:
        ones, zeros = torch.ones(64, 1), torch.zeros(64, 1)
        fake = G(torch.randn(64, 100))
        d_loss = bce(D(real), ones) + bce(D(fake), zeros)
        opt_d.zero_grad()
        d_loss.backward()
        opt_d.step()
        g_loss = bce(D(fake), ones)
        opt_g.zero_grad()
        g_loss.backward()
        opt_g.step()
`,
  },
  resblock: {
    code: `import torch.nn as nn
import torch.nn.functional as F

class ResidualBlock(nn.Module):
    def __init__(self, channels):
        super().__init__()
        self.conv1 = nn.Conv2d(channels, channels, 3, padding=1)
        self.bn1 = nn.BatchNorm2d(channels)
        self.conv2 = nn.Conv2d(channels, channels, 3, padding=1)
        self.bn2 = nn.BatchNorm2d(channels)

    def forward(self, x):
        out = F.relu(self.bn1(self.conv1(x)))
        out = self.bn2(self.conv2(out))
        return F.relu(out + x)

class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.blocks = nn.Sequential(ResidualBlock(16), ResidualBlock(16), ResidualBlock(16))
        self.pool = nn.AdaptiveAvgPool2d(1)
        self.fc = nn.Linear(16, 4)

    def forward(self, x):
        return self.fc(self.pool(self.blocks(x)).flatten(1))
`,
    input: [16, 32, 32],
  },
} satisfies Readonly<Record<string, GivenCode>>;

/** Written with their truth before the reading of claims had seen them. */
export const SAYINGS: readonly Saying<keyof typeof CODES>[] = [
  [
    'cnn',
    'true',
    'The softmax at the end of forward should be removed because nn.CrossEntropyLoss already applies log-softmax.',
  ],
  ['cnn', 'true', 'The optimizer never clears its gradients, so they accumulate from batch to batch.'],
  ['cnn', 'true', 'A learning rate of 0.1 is far too large for Adam.'],
  [
    'cnn',
    'true',
    'There is no activation between fc2 and fc3, so those two layers collapse into a single linear layer.',
  ],
  ['cnn', 'true', "The training data isn't shuffled."],
  ['cnn', 'true', 'The model is never evaluated on a test set.'],
  ['cnn', 'true', 'It uses two convolutional layers followed by three fully-connected layers.'],
  ['cnn', 'true', 'Each convolution is followed by ReLU and 2x2 max pooling.'],
  ['cnn', 'true', 'After the second pooling the feature maps are 4x4, which is why fc1 takes 640 inputs.'],
  ['cnn', 'true', 'The network has no dropout and no batch norm, so there is nothing against overfitting.'],
  ['cnn', 'true', 'With only 3 epochs the model will be undertrained.'],
  ['cnn', 'true', 'The first convolution has 520 parameters.'],
  ['cnn', 'false', 'The code has no mistakes and will train fine.'],
  ['cnn', 'false', 'The convolutions use 3x3 kernels.'],
  ['cnn', 'false', 'The model applies dropout to reduce overfitting.'],
  ['cnn', 'false', 'The images get normalised with mean and standard deviation before training.'],
  ['cnn', 'false', 'The learning rate of 0.01 is suitable.'],
  ['cnn', 'false', 'Training runs for 10 epochs.'],
  ['cnn', 'false', 'The gradients are correctly reset at each iteration.'],
  ['cnn', 'false', 'The model has more than a million parameters.'],
  ['cnn', 'false', 'SGD with momentum is used as optimiser.'],
  ['cnn', 'false', 'Stride 2 convolutions are used to downsample.'],
  ['cnn', 'open', 'Adding batch normalisation after each convolution would speed up training.'],
  ['cnn', 'open', 'Adam adapts its step sizes per parameter.'],
  ['cnn', 'open', 'FashionMNIST is harder than MNIST.'],
  ['finetune', 'true', 'The backbone is frozen and only the final layer is trained.'],
  [
    'finetune',
    'true',
    'model.eval() is never called, so batch norm keeps using batch statistics during validation.',
  ],
  ['finetune', 'true', 'Validation is done without torch.no_grad(), which wastes memory.'],
  [
    'finetune',
    'true',
    'Random flips are applied to the validation images as well, which they should not be.',
  ],
  ['finetune', 'true', 'The network starts from ImageNet weights.'],
  ['finetune', 'true', 'The inputs are normalised with the ImageNet statistics.'],
  ['finetune', 'true', 'The last layer is replaced so that it has five outputs.'],
  ['finetune', 'true', 'Momentum is set to 0.9.'],
  ['finetune', 'true', 'The batch size is 32 and the model trains for 20 epochs.'],
  ['finetune', 'true', 'The data is moved to the same device as the model.'],
  ['finetune', 'false', 'The data loader for training is not shuffled.'],
  ['finetune', 'false', 'zero_grad is missing.'],
  ['finetune', 'false', 'The code uses Adam.'],
  ['finetune', 'false', 'The whole network is fine-tuned.'],
  ['finetune', 'false', 'The model is set to evaluation mode before validation.'],
  ['finetune', 'false', 'There is no data augmentation.'],
  ['finetune', 'false', 'The labels are never moved to the GPU.'],
  ['finetune', 'false', 'Weight decay is used for regularisation.'],
  ['finetune', 'open', 'A learning rate scheduler would help here.'],
  ['finetune', 'open', 'ResNet-18 uses skip connections to ease the flow of gradients.'],
  ['sentiment', 'true', 'The sigmoid is applied twice because BCEWithLogitsLoss contains one.'],
  ['sentiment', 'true', 'The LSTM is bidirectional, therefore the final layer takes 512 features.'],
  ['sentiment', 'true', 'Gradient clipping with a max norm of 1 is used.'],
  ['sentiment', 'true', 'The embedding layer has 2,560,000 parameters.'],
  ['sentiment', 'true', 'Padding tokens are not masked or packed.'],
  ['sentiment', 'true', 'Dropout of 0.5 is applied to the embeddings and to the hidden state.'],
  ['sentiment', 'true', 'The hidden states of both directions are concatenated.'],
  ['sentiment', 'true', 'There is no validation during training.'],
  ['sentiment', 'true', 'The LSTM consists of a single layer.'],
  ['sentiment', 'false', 'The LSTM only reads the text from left to right.'],
  ['sentiment', 'false', 'The loss function matches the output of the network.'],
  ['sentiment', 'false', 'The gradients are not clipped, so they may explode.'],
  ['sentiment', 'false', 'The recurrent layer is a GRU.'],
  ['sentiment', 'false', 'The hidden size is 128.'],
  ['sentiment', 'false', 'The model does not use dropout.'],
  ['sentiment', 'false', 'The optimiser is never zeroed.'],
  ['sentiment', 'open', 'Pre-trained embeddings such as GloVe could improve accuracy.'],
  ['sentiment', 'open', 'LSTMs suffer less from vanishing gradients than plain RNNs.'],
  ['kerascnn', 'true', 'Sparse categorical cross-entropy should be used since the labels are integers.'],
  ['kerascnn', 'true', 'The labels are not one-hot encoded, but categorical_crossentropy expects that.'],
  ['kerascnn', 'true', 'The output layer uses sigmoid where softmax is needed.'],
  ['kerascnn', 'true', 'Pixel values are scaled to between 0 and 1.'],
  ['kerascnn', 'true', '10% of the training data is held out for validation.'],
  ['kerascnn', 'true', 'There are two pooling layers.'],
  ['kerascnn', 'true', 'The dense layer has 64 units.'],
  ['kerascnn', 'true', 'It uses dropout with a rate of 0.3 before the output.'],
  ['kerascnn', 'false', 'Softmax is used in the last layer.'],
  ['kerascnn', 'false', 'The images are not normalised.'],
  ['kerascnn', 'false', 'There is no validation data.'],
  ['kerascnn', 'false', 'The activation function of the hidden layers is tanh.'],
  ['kerascnn', 'false', 'The labels are converted to one-hot vectors with to_categorical.'],
  ['kerascnn', 'false', 'The model is compiled with RMSprop.'],
  ['kerascnn', 'false', 'It is trained for 50 epochs.'],
  ['kerascnn', 'open', 'Data augmentation would improve generalisation.'],
  [
    'gan',
    'true',
    'The fake images are not detached when the discriminator is updated, so the second backward pass fails.',
  ],
  ['gan', 'true', 'fake.detach() is missing in the discriminator loss.'],
  ['gan', 'true', 'Generator and discriminator have separate optimizers.'],
  ['gan', 'true', 'The generator ends in a tanh, which fits images scaled to [-1, 1].'],
  ['gan', 'true', 'LeakyReLU is used in the discriminator.'],
  ['gan', 'true', 'The latent dimension is 100.'],
  ['gan', 'true', 'No convolutional layers are used.'],
  ['gan', 'false', 'The discriminator has no sigmoid at its output.'],
  ['gan', 'false', 'Both networks share one optimizer.'],
  ['gan', 'false', 'The generator uses transposed convolutions.'],
  ['gan', 'false', 'The generator loss uses zeros as labels.'],
  ['gan', 'false', 'The discriminator uses ReLU activations.'],
  ['gan', 'open', 'GANs are known to suffer from mode collapse.'],
  ['resblock', 'true', 'The skip connection adds the input of the block to its output.'],
  ['resblock', 'true', 'The bias of the convolutions is redundant because batch normalisation follows.'],
  ['resblock', 'true', 'The spatial size stays at 32x32 through all blocks because of padding 1.'],
  ['resblock', 'true', 'Global average pooling is used before the classifier.'],
  ['resblock', 'true', 'There are three residual blocks.'],
  ['resblock', 'true', 'The network has six convolutional layers.'],
  ['resblock', 'false', 'There is no ReLU after the addition.'],
  ['resblock', 'false', 'The skip connection uses a 1x1 convolution.'],
  ['resblock', 'false', 'The blocks downsample the feature maps.'],
  ['resblock', 'false', 'Batch normalisation is missing.'],
  ['resblock', 'false', 'The classifier outputs 10 classes.'],
  ['resblock', 'open', 'Residual connections let gradients flow through the network.'],
];
