import type { GivenCode } from '../../src/claims/given-code.js';

/** Transfer learning, a VAE, a classifier, a forecast and a residual network, and what is said of them with its truth. */
export const CODES = {
  resnetft: {
    code: `import torch
import torch.nn as nn
import torch.optim as optim
from torchvision import datasets, models, transforms

train_tf = transforms.Compose([
    transforms.RandomResizedCrop(224),
    transforms.RandomHorizontalFlip(),
    transforms.ToTensor(),
    transforms.Normalize([0.485, 0.456, 0.406], [0.229, 0.224, 0.225]),
])
val_tf = transforms.Compose([
    transforms.Resize(256),
    transforms.CenterCrop(224),
    transforms.ToTensor(),
    transforms.Normalize([0.485, 0.456, 0.406], [0.229, 0.224, 0.225]),
])
train_ds = datasets.ImageFolder('birds/train', train_tf)
val_ds = datasets.ImageFolder('birds/val', val_tf)
train_dl = torch.utils.data.DataLoader(train_ds, batch_size=32, shuffle=True, num_workers=4)
val_dl = torch.utils.data.DataLoader(val_ds, batch_size=32)

device = torch.device('cuda:0' if torch.cuda.is_available() else 'cpu')
model = models.resnet18(weights='IMAGENET1K_V1')
model.fc = nn.Linear(model.fc.in_features, 200)
for p in model.parameters():
    p.requires_grad = False
model = model.to(device)

criterion = nn.CrossEntropyLoss()
optimizer = optim.SGD(model.fc.parameters(), lr=0.001, momentum=0.9)
scheduler = optim.lr_scheduler.StepLR(optimizer, step_size=7, gamma=0.1)

best = 0.0
for epoch in range(25):
    model.train()
    for x, y in train_dl:
        x, y = x.to(device), y.to(device)
        optimizer.zero_grad()
        loss = criterion(model(x), y)
        loss.backward()
        optimizer.step()
    scheduler.step()

    model.eval()
    correct = 0
    with torch.no_grad():
        for x, y in val_dl:
            x, y = x.to(device), y.to(device)
            correct += (model(x).argmax(1) == y).sum().item()
    acc = correct / len(val_ds)
    if acc > best:
        best = acc
        torch.save(model.state_dict(), 'best.pt')
`,
  },
  vae: {
    code: `import torch
import torch.nn as nn
import torch.nn.functional as F
from torchvision import datasets, transforms

class VAE(nn.Module):
    def __init__(self, latent=20):
        super().__init__()
        self.fc1 = nn.Linear(784, 400)
        self.fc_mu = nn.Linear(400, latent)
        self.fc_logvar = nn.Linear(400, latent)
        self.fc3 = nn.Linear(latent, 400)
        self.fc4 = nn.Linear(400, 784)

    def encode(self, x):
        h = F.relu(self.fc1(x))
        return F.relu(self.fc_mu(h)), self.fc_logvar(h)

    def reparameterize(self, mu, logvar):
        std = torch.exp(logvar)
        eps = torch.randn_like(std)
        return mu + eps * std

    def decode(self, z):
        return torch.sigmoid(self.fc4(F.relu(self.fc3(z))))

    def forward(self, x):
        mu, logvar = self.encode(x.view(-1, 784))
        z = self.reparameterize(mu, logvar)
        return self.decode(z), mu, logvar

def loss_function(recon, x, mu, logvar):
    bce = F.binary_cross_entropy(recon, x.view(-1, 784), reduction='sum')
    kld = -0.5 * torch.sum(1 + logvar - mu.pow(2) - logvar.exp())
    return bce + kld

device = torch.device('cuda' if torch.cuda.is_available() else 'cpu')
model = VAE().to(device)
optimizer = torch.optim.Adam(model.parameters(), lr=1e-3)
train_loader = torch.utils.data.DataLoader(
    datasets.MNIST('data', train=True, download=True, transform=transforms.ToTensor()),
    batch_size=128, shuffle=True)

for epoch in range(1, 11):
    model.train()
    train_loss = 0
    for data, _ in train_loader:
        data = data.to(device)
        recon, mu, logvar = model(data)
        loss = loss_function(recon, data, mu, logvar)
        loss.backward()
        train_loss += loss.item()
        optimizer.step()
    print(epoch, train_loss / len(train_loader.dataset))

with torch.no_grad():
    sample = model.decode(torch.randn(64, 20).to(device))
`,
  },
  kcifar: {
    code: `import tensorflow as tf
from tensorflow.keras import layers, models

(x_train, y_train), (x_test, y_test) = tf.keras.datasets.cifar10.load_data()
x_train = x_train / 255.0
y_train = tf.keras.utils.to_categorical(y_train, 10)
y_test = tf.keras.utils.to_categorical(y_test, 10)

augment = tf.keras.Sequential([
    layers.RandomFlip('horizontal'),
    layers.RandomRotation(0.1),
])

model = models.Sequential([
    layers.Input(shape=(32, 32, 3)),
    augment,
    layers.Conv2D(32, (3, 3), padding='same'),
    layers.BatchNormalization(),
    layers.Activation('relu'),
    layers.MaxPooling2D((2, 2)),
    layers.Conv2D(64, (3, 3), padding='same'),
    layers.BatchNormalization(),
    layers.Activation('relu'),
    layers.MaxPooling2D((2, 2)),
    layers.Conv2D(128, (3, 3), padding='same'),
    layers.Activation('relu'),
    layers.Flatten(),
    layers.Dense(128, activation='relu'),
    layers.Dropout(0.5),
    layers.Dense(10, activation='sigmoid'),
])

model.compile(
    optimizer=tf.keras.optimizers.Adam(learning_rate=0.01),
    loss='categorical_crossentropy',
    metrics=['accuracy'],
)
callbacks = [
    tf.keras.callbacks.ReduceLROnPlateau(monitor='val_loss', factor=0.5, patience=3),
    tf.keras.callbacks.ModelCheckpoint('cifar.keras', save_best_only=True),
]
model.fit(x_train, y_train, validation_split=0.1, epochs=50, batch_size=128, callbacks=callbacks)
model.evaluate(x_test, y_test)
`,
  },
  weather: {
    code: `import numpy as np
import torch
import torch.nn as nn
from torch.utils.data import TensorDataset, DataLoader

series = np.load('temperature.npy').astype('float32')
mean, std = series.mean(), series.std()
series = (series - mean) / std

window = 24
X = np.stack([series[i:i + window] for i in range(len(series) - window)])
y = series[window:]
X = torch.from_numpy(X).unsqueeze(-1)
y = torch.from_numpy(y).unsqueeze(-1)
split = int(0.8 * len(X))
train = DataLoader(TensorDataset(X[:split], y[:split]), batch_size=32, shuffle=True)
test = DataLoader(TensorDataset(X[split:], y[split:]), batch_size=32)

class Forecaster(nn.Module):
    def __init__(self, hidden=50, num_layers=2):
        super().__init__()
        self.lstm = nn.LSTM(input_size=1, hidden_size=hidden, num_layers=num_layers, dropout=0.2)
        self.fc = nn.Linear(hidden, 1)

    def forward(self, x):
        out, (h, c) = self.lstm(x)
        return self.fc(out[:, -1, :])

model = Forecaster()
loss_fn = nn.L1Loss()
optimizer = torch.optim.RMSprop(model.parameters(), lr=0.1)
for epoch in range(30):
    model.train()
    for xb, yb in train:
        pred = model(xb)
        loss = loss_fn(pred, yb)
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()

model.eval()
errors = []
with torch.no_grad():
    for xb, yb in test:
        errors.append(loss_fn(model(xb), yb).item())
print('MAE', np.mean(errors) * std)
`,
  },
  multilabel: {
    code: `import torch
import torch.nn as nn
import torch.nn.functional as F
from torch.utils.data import DataLoader, random_split

class ResBlock(nn.Module):
    def __init__(self, ch):
        super().__init__()
        self.conv1 = nn.Conv2d(ch, ch, 3, padding=1, bias=False)
        self.bn1 = nn.BatchNorm2d(ch)
        self.conv2 = nn.Conv2d(ch, ch, 3, padding=1, bias=False)
        self.bn2 = nn.BatchNorm2d(ch)

    def forward(self, x):
        out = F.relu(self.bn1(self.conv1(x)))
        out = self.bn2(self.conv2(out))
        return F.relu(out + x)

class XRayNet(nn.Module):
    def __init__(self, n_labels=14):
        super().__init__()
        self.stem = nn.Sequential(
            nn.Conv2d(1, 32, 7, stride=2, padding=3),
            nn.BatchNorm2d(32),
            nn.ReLU(),
            nn.MaxPool2d(3, stride=2, padding=1),
        )
        self.block1 = ResBlock(32)
        self.block2 = ResBlock(32)
        self.pool = nn.AdaptiveAvgPool2d(1)
        self.fc = nn.Linear(32, n_labels)

    def forward(self, x):
        x = self.stem(x)
        x = self.block2(self.block1(x))
        x = torch.flatten(self.pool(x), 1)
        return F.softmax(self.fc(x), dim=1)

torch.manual_seed(7)
train_set, val_set = random_split(dataset, [0.85, 0.15])
train_loader = DataLoader(train_set, batch_size=48, shuffle=True)
val_loader = DataLoader(val_set, batch_size=48)
net = XRayNet().cuda()
criterion = nn.BCELoss()
opt = torch.optim.Adam(net.parameters(), lr=3e-4)
for epoch in range(12):
    net.train()
    for image, target in train_loader:
        opt.zero_grad()
        out = net(image.cuda())
        loss = criterion(out, target.cuda().float())
        loss.backward()
        opt.step()
    val_loss = 0
    for image, target in val_loader:
        with torch.no_grad():
            val_loss += criterion(net(image.cuda()), target.cuda().float()).item()
    print(epoch, val_loss / len(val_loader))
`,
  },
} satisfies Readonly<Record<string, GivenCode>>;
