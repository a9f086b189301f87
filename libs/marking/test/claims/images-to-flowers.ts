import type { GivenCode } from '../../src/claims/given-code.js';

/** A classifier, a table, a tagger, an autoencoder and transfer learning, and what is said of them with its truth. */
export const CODES = {
  fashion: {
    code: `import torch
import torch.nn as nn
import torch.nn.functional as F
from torch.utils.data import DataLoader
from torchvision import datasets, transforms

class FashionNet(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv1 = nn.Conv2d(1, 32, kernel_size=5)
        self.conv2 = nn.Conv2d(32, 64, kernel_size=5)
        self.pool = nn.MaxPool2d(2, 2)
        self.drop = nn.Dropout(0.25)
        self.fc1 = nn.Linear(64 * 4 * 4, 128)
        self.fc2 = nn.Linear(128, 10)

    def forward(self, x):
        x = self.pool(F.relu(self.conv1(x)))
        x = self.pool(F.relu(self.conv2(x)))
        x = x.view(x.size(0), -1)
        x = F.relu(self.fc1(x))
        x = self.fc2(self.drop(x))
        return F.softmax(x, dim=1)

transform = transforms.Compose([transforms.ToTensor(), transforms.Normalize((0.5,), (0.5,))])
train_set = datasets.FashionMNIST('data', train=True, download=True, transform=transform)
test_set = datasets.FashionMNIST('data', train=False, download=True, transform=transform)
train_loader = DataLoader(train_set, batch_size=64, shuffle=False)
test_loader = DataLoader(test_set, batch_size=256)

model = FashionNet()
optimizer = torch.optim.SGD(model.parameters(), lr=0.05)
criterion = nn.CrossEntropyLoss()

for epoch in range(8):
    model.train()
    for images, labels in train_loader:
        optimizer.zero_grad()
        outputs = model(images)
        loss = criterion(outputs, labels)
        loss.backward()
        optimizer.step()

correct = 0
for images, labels in test_loader:
    outputs = model(images)
    correct += (outputs.argmax(1) == labels).sum().item()
print('accuracy', correct / len(test_set))
`,
    input: [1, 28, 28],
  },
  churn: {
    code: `import numpy as np
import pandas as pd
from sklearn.preprocessing import StandardScaler
from sklearn.model_selection import train_test_split
from tensorflow import keras
from tensorflow.keras import layers

df = pd.read_csv('churn.csv')
X = df.drop(columns=['churn']).values
y = df['churn'].values
scaler = StandardScaler()
X = scaler.fit_transform(X)
X_train, X_test, y_train, y_test = train_test_split(X, y, test_size=0.25, random_state=0)

model = keras.Sequential([
    layers.Input(shape=(18,)),
    layers.Dense(64, activation='relu', kernel_regularizer=keras.regularizers.l2(0.001)),
    layers.Dropout(0.3),
    layers.Dense(32, activation='relu'),
    layers.Dropout(0.3),
    layers.Dense(1),
])
model.compile(optimizer='adam', loss='binary_crossentropy', metrics=['accuracy'])
stop = keras.callbacks.EarlyStopping(monitor='val_loss', patience=5)
model.fit(X_train, y_train, epochs=100, batch_size=16, validation_split=0.1, callbacks=[stop])
print(model.evaluate(X_test, y_test))
`,
  },
  tagger: {
    code: `import torch
import torch.nn as nn
import torch.optim as optim

class Tagger(nn.Module):
    def __init__(self, vocab_size, n_tags, emb_dim=100, hidden=128):
        super().__init__()
        self.embed = nn.Embedding(vocab_size, emb_dim, padding_idx=0)
        self.lstm = nn.LSTM(emb_dim, hidden, batch_first=True, bidirectional=True)
        self.dropout = nn.Dropout(0.4)
        self.out = nn.Linear(hidden * 2, n_tags)

    def forward(self, tokens):
        x = self.embed(tokens)
        h, _ = self.lstm(x)
        return self.out(self.dropout(h))

device = torch.device('cuda' if torch.cuda.is_available() else 'cpu')
model = Tagger(vocab_size=12000, n_tags=17).to(device)
criterion = nn.CrossEntropyLoss(ignore_index=-1)
optimizer = optim.Adam(model.parameters(), lr=0.002)

for epoch in range(15):
    model.train()
    total = 0
    for tokens, tags in train_loader:
        tokens, tags = tokens.to(device), tags.to(device)
        logits = model(tokens)
        loss = criterion(logits.view(-1, 17), tags.view(-1))
        loss.backward()
        nn.utils.clip_grad_norm_(model.parameters(), 5.0)
        optimizer.step()
        total += loss
    print(f'epoch {epoch}: {total / len(train_loader)}')

model.eval()
right = n = 0
with torch.no_grad():
    for tokens, tags in dev_loader:
        tokens, tags = tokens.to(device), tags.to(device)
        pred = model(tokens).argmax(-1)
        mask = tags != -1
        right += (pred[mask] == tags[mask]).sum().item()
        n += mask.sum().item()
print('tag accuracy', right / n)
`,
  },
  autoenc: {
    code: `import torch
from torch import nn
from torchvision import datasets, transforms

class Autoencoder(nn.Module):
    def __init__(self):
        super().__init__()
        self.encoder = nn.Sequential(
            nn.Linear(784, 256),
            nn.ReLU(),
            nn.Linear(256, 64),
            nn.ReLU(),
            nn.Linear(64, 12),
        )
        self.decoder = nn.Sequential(
            nn.Linear(12, 64),
            nn.ReLU(),
            nn.Linear(64, 256),
            nn.ReLU(),
            nn.Linear(256, 784),
            nn.Tanh(),
        )

    def forward(self, x):
        return self.decoder(self.encoder(x))

data = datasets.MNIST('.', train=True, transform=transforms.ToTensor(), download=True)
loader = torch.utils.data.DataLoader(data, batch_size=100, shuffle=True)
net = Autoencoder().cuda()
opt = torch.optim.Adam(net.parameters(), lr=1e-3, weight_decay=1e-5)
loss_fn = nn.MSELoss()
for epoch in range(20):
    for img, label in loader:
        img = img.view(img.size(0), -1).cuda()
        rec = net(img)
        loss = loss_fn(rec, img)
        opt.zero_grad()
        opt.step()
        loss.backward()
    print(epoch, loss.item())
torch.save(net.state_dict(), 'ae.pt')
`,
  },
  transfer: {
    code: `import tensorflow as tf
from tensorflow.keras import layers, models
from tensorflow.keras.applications import VGG16
from tensorflow.keras.preprocessing.image import ImageDataGenerator

base = VGG16(weights='imagenet', include_top=False, input_shape=(150, 150, 3))

model = models.Sequential()
model.add(base)
model.add(layers.Flatten())
model.add(layers.Dense(256, activation='relu'))
model.add(layers.Dropout(0.5))
model.add(layers.Dense(5, activation='softmax'))

train_gen = ImageDataGenerator(rescale=1./255, rotation_range=30, horizontal_flip=True)
test_gen = ImageDataGenerator()
train = train_gen.flow_from_directory('flowers/train', target_size=(150, 150), batch_size=20, class_mode='categorical')
val = test_gen.flow_from_directory('flowers/val', target_size=(150, 150), batch_size=20, class_mode='categorical')

model.compile(optimizer=tf.keras.optimizers.RMSprop(learning_rate=2e-3), loss='sparse_categorical_crossentropy', metrics=['accuracy'])
history = model.fit(train, validation_data=val, epochs=30)
`,
  },
} satisfies Readonly<Record<string, GivenCode>>;
