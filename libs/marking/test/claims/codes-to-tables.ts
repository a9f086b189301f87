import type { GivenCode } from '../../src/claims/given-code.js';
import type { Saying } from './whole-programs.js';

/** Programs of an autoencoder, a table of houses, attention, masks of pictures. */
export const CODES = {
  vae: {
    code: `import torch
import torch.nn as nn
import torch.nn.functional as F

class VAE(nn.Module):
    def __init__(self, latent_dim=20):
        super().__init__()
        self.encoder = nn.Sequential(nn.Linear(784, 400), nn.ReLU())
        self.fc_mu = nn.Linear(400, latent_dim)
        self.fc_logvar = nn.Linear(400, latent_dim)
        self.decoder = nn.Sequential(nn.Linear(latent_dim, 400), nn.ReLU(), nn.Linear(400, 784))

    def reparameterize(self, mu, logvar):
        std = torch.exp(0.5 * logvar)
        return mu + std * torch.randn_like(std)

    def forward(self, x):
        h = self.encoder(x.view(-1, 784))
        mu, logvar = self.fc_mu(h), self.fc_logvar(h)
        z = self.reparameterize(mu, logvar)
        return self.decoder(z), mu, logvar

def loss_function(recon, x, mu, logvar):
    bce = F.binary_cross_entropy(recon, x.view(-1, 784), reduction='sum')
    kld = -0.5 * torch.sum(1 + logvar - mu.pow(2) - logvar.exp())
    return bce - kld

def train(model, loader, epochs=30):
    optimizer = torch.optim.Adam(model.parameters(), lr=1e-3)
    for epoch in range(30):
        total = 0
        for x, _ in loader:
            optimizer.zero_grad()
            recon, mu, logvar = model(x)
            loss = loss_function(recon, x, mu, logvar)
            loss.backward()
            optimizer.step()
            total += loss.item()
        print(total / len(loader.dataset))
`,
  },
  kreg: {
    code: `import pandas as pd
from sklearn.model_selection import train_test_split
from sklearn.preprocessing import StandardScaler
from tensorflow.keras.models import Sequential
from tensorflow.keras.layers import Dense, Dropout
from tensorflow.keras.optimizers import SGD
from tensorflow.keras.callbacks import EarlyStopping

df = pd.read_csv('houses.csv')
X = df.drop('price', axis=1).values
y = df['price'].values
scaler = StandardScaler()
X = scaler.fit_transform(X)
X_train, X_test, y_train, y_test = train_test_split(X, y, test_size=0.2, random_state=42)

model = Sequential()
model.add(Dense(128, activation='relu', input_dim=X_train.shape[1]))
model.add(Dropout(0.2))
model.add(Dense(64, activation='relu'))
model.add(Dense(1, activation='sigmoid'))
model.compile(loss='mse', optimizer=SGD(learning_rate=0.01, momentum=0.9), metrics=['accuracy'])
stop = EarlyStopping(patience=5, restore_best_weights=True)
model.fit(X_train, y_train, epochs=100, batch_size=32, validation_data=(X_test, y_test), callbacks=[stop])
`,
  },
  tfm: {
    code: `import math
import torch
import torch.nn as nn

class SelfAttention(nn.Module):
    def __init__(self, d_model=256):
        super().__init__()
        self.q = nn.Linear(d_model, d_model)
        self.k = nn.Linear(d_model, d_model)
        self.v = nn.Linear(d_model, d_model)

    def forward(self, x):
        q, k, v = self.q(x), self.k(x), self.v(x)
        scores = torch.matmul(q, k.transpose(-2, -1))
        weights = torch.softmax(scores, dim=1)
        return torch.matmul(weights, v)

class Block(nn.Module):
    def __init__(self, d_model=256):
        super().__init__()
        self.attn = SelfAttention(d_model)
        self.norm1 = nn.LayerNorm(d_model)
        self.norm2 = nn.LayerNorm(d_model)
        self.ff = nn.Sequential(nn.Linear(d_model, 1024), nn.GELU(), nn.Linear(1024, d_model))

    def forward(self, x):
        x = x + self.attn(self.norm1(x))
        return x + self.ff(self.norm2(x))

class LanguageModel(nn.Module):
    def __init__(self, vocab_size=8000, d_model=256, n_layers=4):
        super().__init__()
        self.tok = nn.Embedding(vocab_size, d_model)
        self.blocks = nn.Sequential(*[Block(d_model) for _ in range(n_layers)])
        self.head = nn.Linear(d_model, vocab_size)

    def forward(self, idx):
        return self.head(self.blocks(self.tok(idx)))
`,
    input: [64],
  },
  unet: {
    code: `import torch
import torch.nn as nn

def double_conv(a, b):
    return nn.Sequential(nn.Conv2d(a, b, 3, padding=1), nn.BatchNorm2d(b), nn.ReLU(inplace=True), nn.Conv2d(b, b, 3, padding=1), nn.BatchNorm2d(b), nn.ReLU(inplace=True))

class UNet(nn.Module):
    def __init__(self):
        super().__init__()
        self.down1 = double_conv(3, 64)
        self.down2 = double_conv(64, 128)
        self.pool = nn.MaxPool2d(2)
        self.mid = double_conv(128, 256)
        self.up2 = nn.ConvTranspose2d(256, 128, 2, stride=2)
        self.dec2 = double_conv(256, 128)
        self.up1 = nn.ConvTranspose2d(128, 64, 2, stride=2)
        self.dec1 = double_conv(128, 64)
        self.out = nn.Conv2d(64, 1, 1)

    def forward(self, x):
        d1 = self.down1(x)
        d2 = self.down2(self.pool(d1))
        m = self.mid(self.pool(d2))
        u2 = self.dec2(torch.cat([self.up2(m), d2], dim=1))
        u1 = self.dec1(torch.cat([self.up1(u2), d1], dim=1))
        return self.out(u1)

model = UNet().cuda()
optimizer = torch.optim.RMSprop(model.parameters(), lr=1e-4, weight_decay=1e-5)
criterion = nn.BCELoss()
for epoch in range(25):
    for img, mask in train_loader:
        pred = model(img.cuda())
        loss = criterion(pred, mask)
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
torch.save(model.state_dict(), 'unet.pth')
`,
    input: [3, 128, 128],
  },
  tab: {
    code: `import torch
import torch.nn as nn
from torch.utils.data import DataLoader, TensorDataset, random_split

torch.manual_seed(0)
X = torch.randn(1000, 12)
y = torch.randint(0, 3, (1000,))
train_set, val_set = random_split(TensorDataset(X, y), [800, 200])
train_loader = DataLoader(train_set, batch_size=16, shuffle=True)
val_loader = DataLoader(val_set, batch_size=16)

class MLP(nn.Module):
    def __init__(self):
        super().__init__()
        self.layers = [nn.Linear(12, 64), nn.Linear(64, 64), nn.Linear(64, 3)]
    def forward(self, x):
        for layer in self.layers[:-1]:
            x = torch.relu(layer(x))
        return self.layers[-1](x)

model = MLP()
loss_fn = nn.CrossEntropyLoss()
opt = torch.optim.SGD(model.parameters(), lr=0.1)
sched = torch.optim.lr_scheduler.StepLR(opt, step_size=10, gamma=0.1)
for epoch in range(40):
    model.train()
    for xb, yb in train_loader:
        opt.zero_grad()
        loss = loss_fn(model(xb), yb)
        loss.backward()
        nn.utils.clip_grad_norm_(model.parameters(), 5.0)
        opt.step()
    model.eval()
    correct = 0
    with torch.no_grad():
        for xb, yb in val_loader:
            correct += (model(xb).argmax(dim=1) == yb).sum().item()
    print(epoch, correct / len(val_loader))
`,
  },
} satisfies Readonly<Record<string, GivenCode>>;

/** Written with their truth before the reading of claims had seen them. */
export const SAYINGS: readonly Saying<keyof typeof CODES>[] = [
  [
    'vae',
    'true',
    'The decoder has no sigmoid at the end, so binary cross entropy gets values outside of [0, 1].',
  ],
  ['vae', 'true', 'The KL divergence is subtracted although it should be added to the reconstruction loss.'],
  ['vae', 'true', 'The latent space has 20 dimensions.'],
  ['vae', 'true', 'The reparameterisation trick is implemented.'],
  ['vae', 'true', 'Both the encoder and the decoder use fully connected layers only.'],
  ['vae', 'true', 'The hidden layer of the encoder has 400 units.'],
  ['vae', 'true', 'There is no evaluation on a test set.'],
  ['vae', 'true', 'Adam with a learning rate of 0.001 is used.'],
  ['vae', 'true', 'The gradients are cleared in every iteration.'],
  ['vae', 'true', 'The model is trained for 30 epochs.'],
  ['vae', 'false', 'The decoder ends with a sigmoid.'],
  ['vae', 'false', 'Convolutional layers are used in the encoder.'],
  ['vae', 'false', 'The loss function is implemented correctly and matches the model.'],
  ['vae', 'false', 'The latent dimension is 2.'],
  ['vae', 'false', 'The reconstruction loss is the mean squared error.'],
  ['vae', 'false', 'Dropout is used in the encoder.'],
  ['vae', 'false', 'The decoder uses tanh activations.'],
  ['vae', 'open', 'A convolutional VAE would give sharper images.'],
  ['vae', 'open', 'The KL term regularises the latent space.'],
  ['kreg', 'true', 'The output layer uses a sigmoid although prices are not between 0 and 1.'],
  ['kreg', 'true', 'Accuracy is not a meaningful metric for regression.'],
  [
    'kreg',
    'true',
    'The scaler is fitted on all data before the split, which leaks information from the test set.',
  ],
  ['kreg', 'true', 'The test set is used as validation data for early stopping.'],
  ['kreg', 'true', 'Early stopping with a patience of 5 is used.'],
  ['kreg', 'true', 'The optimiser is SGD with momentum 0.9.'],
  ['kreg', 'true', '20% of the data is used for testing.'],
  ['kreg', 'true', 'The mean squared error is used as loss.'],
  ['kreg', 'true', 'There are three dense layers with 128, 64 and 1 units.'],
  ['kreg', 'true', 'Training runs for at most 100 epochs with a batch size of 32.'],
  ['kreg', 'false', 'The output layer is linear.'],
  ['kreg', 'false', 'The features are not scaled.'],
  ['kreg', 'false', 'The model has no regularisation such as dropout.'],
  ['kreg', 'false', 'Binary cross-entropy is used as the loss.'],
  ['kreg', 'false', 'The model is trained with Adam.'],
  ['kreg', 'false', 'There is no early stopping.'],
  ['kreg', 'false', 'The batch size is 64.'],
  ['kreg', 'false', 'The model is never validated.'],
  ['kreg', 'false', 'The dropout rate is 0.5.'],
  ['kreg', 'open', 'A linear regression might already be enough for this task.'],
  ['tfm', 'true', 'The attention scores are not divided by the square root of the key dimension.'],
  ['tfm', 'true', 'There is no causal mask, so tokens can attend to future positions.'],
  ['tfm', 'true', 'The softmax is taken over the wrong dimension; it should be the last one.'],
  ['tfm', 'true', 'No positional encoding is added to the token embeddings.'],
  ['tfm', 'true', 'The model uses pre-norm: layer normalisation is applied before attention.'],
  ['tfm', 'true', 'Residual connections are used around the attention and the feed-forward network.'],
  ['tfm', 'true', 'The feed-forward network has a hidden size of 1024.'],
  ['tfm', 'true', 'GELU is used as activation function.'],
  ['tfm', 'true', 'There are four transformer blocks.'],
  ['tfm', 'true', 'The model dimension is 256.'],
  ['tfm', 'true', 'The vocabulary has 8000 tokens.'],
  ['tfm', 'true', 'There is only one attention head.'],
  ['tfm', 'true', 'It does not use dropout.'],
  ['tfm', 'false', 'The scores are scaled by sqrt(d_k).'],
  ['tfm', 'false', 'Batch normalisation is used in the blocks.'],
  ['tfm', 'false', 'A causal mask prevents the model from looking ahead.'],
  ['tfm', 'false', 'The feed-forward network uses ReLU.'],
  ['tfm', 'false', 'There are no skip connections.'],
  ['tfm', 'false', 'The model has six blocks.'],
  ['tfm', 'false', 'The embedding has 512 dimensions.'],
  ['tfm', 'false', 'Dropout is applied after the attention.'],
  ['tfm', 'open', 'Multi-head attention would let the model attend to different things.'],
  ['unet', 'true', 'BCELoss needs probabilities but the last layer has no sigmoid.'],
  ['unet', 'true', 'The masks are not moved to the GPU, which gives a device error.'],
  ['unet', 'true', 'Skip connections concatenate encoder features with the upsampled ones.'],
  ['unet', 'true', 'Transposed convolutions are used for upsampling.'],
  [
    'unet',
    'true',
    'Each double convolution block has two 3x3 convolutions with batch normalisation and ReLU.',
  ],
  ['unet', 'true', 'The bottleneck has 256 channels.'],
  ['unet', 'true', 'The output has a single channel.'],
  ['unet', 'true', 'RMSprop with a weight decay of 1e-5 is used.'],
  ['unet', 'true', 'Max pooling halves the resolution twice.'],
  ['unet', 'true', 'The trained weights are saved at the end.'],
  ['unet', 'true', 'The model is trained on the GPU.'],
  ['unet', 'true', 'There is no validation.'],
  ['unet', 'false', 'The network ends in a sigmoid.'],
  ['unet', 'false', 'Bilinear upsampling is used.'],
  ['unet', 'false', 'The model uses average pooling.'],
  ['unet', 'false', 'The convolutions have 5x5 kernels.'],
  ['unet', 'false', 'The optimiser is Adam.'],
  ['unet', 'false', 'Dropout is used in the bottleneck.'],
  ['unet', 'false', 'It is trained for 100 epochs.'],
  ['unet', 'false', 'The loss is cross-entropy over classes.'],
  ['unet', 'false', 'The weights are never saved.'],
  ['unet', 'open', 'A Dice loss would be better for imbalanced masks.'],
  ['tab', 'true', 'The layers are kept in a plain Python list, so their parameters are not registered.'],
  ['tab', 'true', 'model.parameters() is empty and the optimizer raises an error.'],
  ['tab', 'true', 'nn.ModuleList should be used instead of a list.'],
  ['tab', 'true', 'The accuracy is divided by the number of batches instead of the number of samples.'],
  ['tab', 'true', 'The learning rate scheduler is never stepped.'],
  ['tab', 'true', 'Gradient clipping is applied with a maximum norm of 5.'],
  ['tab', 'true', 'The data is split into 800 training and 200 validation examples.'],
  ['tab', 'true', 'A random seed is set.'],
  ['tab', 'true', 'The model is put in eval mode and gradients are disabled for validation.'],
  ['tab', 'true', 'The training data is shuffled.'],
  ['tab', 'false', 'The scheduler reduces the learning rate every 10 epochs correctly.'],
  ['tab', 'false', 'The hidden layers have 128 neurons.'],
  ['tab', 'false', 'The model never switches to evaluation mode.'],
  ['tab', 'false', 'No seed is set, so the results are not reproducible.'],
  ['tab', 'false', 'Gradients are not clipped.'],
  ['tab', 'false', 'The network uses sigmoid activations.'],
  ['tab', 'false', 'The batch size is 32.'],
  ['tab', 'false', 'Momentum of 0.9 is used.'],
  ['tab', 'open', 'Early stopping could save time.'],
];
