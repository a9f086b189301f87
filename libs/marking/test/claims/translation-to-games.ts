import type { GivenCode } from '../../src/claims/given-code.js';
import type { Saying } from './whole-programs.js';

/** Programs that translate, tell cats from dogs, play and classify. */
export const CODES = {
  s2s: {
    code: `import random
import torch
import torch.nn as nn

class Encoder(nn.Module):
    def __init__(self, vocab, emb=256, hid=512):
        super().__init__()
        self.embedding = nn.Embedding(vocab, emb)
        self.rnn = nn.GRU(emb, hid, num_layers=2, dropout=0.5)
        self.dropout = nn.Dropout(0.5)

    def forward(self, src):
        out, hidden = self.rnn(self.dropout(self.embedding(src)))
        return hidden

class Decoder(nn.Module):
    def __init__(self, vocab, emb=256, hid=512):
        super().__init__()
        self.embedding = nn.Embedding(vocab, emb)
        self.rnn = nn.GRU(emb, hid, num_layers=2, dropout=0.5)
        self.fc = nn.Linear(hid, vocab)

    def forward(self, token, hidden):
        out, hidden = self.rnn(self.embedding(token.unsqueeze(0)), hidden)
        return self.fc(out.squeeze(0)), hidden

encoder, decoder = Encoder(7000), Decoder(5000)
enc_opt = torch.optim.Adam(encoder.parameters(), lr=0.001)
dec_opt = torch.optim.Adam(decoder.parameters(), lr=0.001)
criterion = nn.CrossEntropyLoss(ignore_index=0)
for epoch in range(12):
    for src, trg in loader:
        hidden = encoder(src)
        token = trg[0]
        loss = 0
        for t in range(1, trg.size(0)):
            output, hidden = decoder(token, hidden)
            loss += criterion(output, trg[t])
            token = trg[t] if random.random() < 0.5 else output.argmax(1)
        loss.backward()
        torch.nn.utils.clip_grad_norm_(encoder.parameters(), 1.0)
        enc_opt.step()
        dec_opt.step()
`,
  },
  kfun: {
    code: `import tensorflow as tf
from tensorflow.keras import layers, Model

inputs = layers.Input(shape=(128, 128, 3))
x = layers.Conv2D(16, 3, activation='relu', padding='same')(inputs)
x = layers.MaxPooling2D()(x)
x = layers.Conv2D(32, 3, activation='relu', padding='same')(x)
x = layers.MaxPooling2D()(x)
x = layers.Conv2D(64, 3, activation='relu', padding='same')(x)
x = layers.GlobalAveragePooling2D()(x)
x = layers.Dense(128, activation='relu')(x)
outputs = layers.Dense(1, activation='softmax')(x)
model = Model(inputs, outputs)
model.compile(optimizer=tf.keras.optimizers.Adam(learning_rate=1e-4), loss='binary_crossentropy', metrics=['accuracy'])

train = tf.keras.utils.image_dataset_from_directory('cats_dogs', label_mode='binary', image_size=(128, 128), batch_size=32, validation_split=0.2, subset='training', seed=1)
val = tf.keras.utils.image_dataset_from_directory('cats_dogs', label_mode='binary', image_size=(128, 128), batch_size=32, validation_split=0.2, subset='validation', seed=1)
model.fit(train, validation_data=val, epochs=20)
model.save('cats.keras')
`,
  },
  dqn: {
    code: `import random
from collections import deque
import gym
import torch
import torch.nn as nn
import torch.optim as optim

class QNet(nn.Module):
    def __init__(self, obs=4, actions=2):
        super().__init__()
        self.fc1 = nn.Linear(obs, 128)
        self.fc2 = nn.Linear(128, 128)
        self.out = nn.Linear(128, actions)
    def forward(self, x):
        x = torch.relu(self.fc1(x))
        x = torch.relu(self.fc2(x))
        return self.out(x)

env = gym.make('CartPole-v1')
policy, target = QNet(), QNet()
target.load_state_dict(policy.state_dict())
optimizer = optim.RMSprop(policy.parameters(), lr=5e-4)
memory = deque(maxlen=10000)
gamma, epsilon, batch_size = 0.99, 1.0, 64

def learn():
    batch = random.sample(memory, batch_size)
    s, a, r, s2, done = map(torch.tensor, zip(*batch))
    q = policy(s.float()).gather(1, a.long().unsqueeze(1)).squeeze(1)
    q_next = target(s2.float()).max(1)[0]
    expected = r + gamma * q_next
    loss = nn.MSELoss()(q, expected)
    optimizer.zero_grad()
    loss.backward()
    optimizer.step()

for episode in range(500):
    state = env.reset()
    done = False
    while not done:
        if random.random() < epsilon:
            action = env.action_space.sample()
        else:
            action = policy(torch.tensor(state).float()).argmax().item()
        next_state, reward, done, _ = env.step(action)
        memory.append((state, action, reward, next_state, float(done)))
        state = next_state
        if len(memory) > batch_size:
            learn()
`,
  },
  cifar: {
    code: `import torch
import torch.nn as nn
import torchvision
import torchvision.transforms as T

train_tf = T.Compose([T.RandomCrop(32, padding=4), T.RandomHorizontalFlip(), T.ToTensor(), T.Normalize((0.4914, 0.4822, 0.4465), (0.247, 0.243, 0.261))])
test_tf = T.Compose([T.ToTensor()])
train = torchvision.datasets.CIFAR10('.', train=True, transform=train_tf)
test = torchvision.datasets.CIFAR10('.', train=False, transform=test_tf)
train_loader = torch.utils.data.DataLoader(train, batch_size=128, shuffle=True)
test_loader = torch.utils.data.DataLoader(test, batch_size=128)

net = nn.Sequential(
    nn.Conv2d(3, 64, 3, padding=1), nn.BatchNorm2d(64), nn.ReLU(), nn.MaxPool2d(2),
    nn.Conv2d(64, 128, 3, padding=1), nn.BatchNorm2d(128), nn.ReLU(), nn.MaxPool2d(2),
    nn.Conv2d(128, 256, 3, padding=1), nn.BatchNorm2d(256), nn.ReLU(), nn.AdaptiveAvgPool2d(1),
    nn.Flatten(), nn.Dropout(0.3), nn.Linear(256, 10))
device = 'cuda' if torch.cuda.is_available() else 'cpu'
net.to(device)
opt = torch.optim.AdamW(net.parameters(), lr=1e-3, weight_decay=0.05)
sched = torch.optim.lr_scheduler.CosineAnnealingLR(opt, T_max=60)
loss_fn = nn.CrossEntropyLoss(label_smoothing=0.1)
for epoch in range(60):
    net.train()
    for x, y in train_loader:
        x, y = x.to(device), y.to(device)
        loss = loss_fn(net(x), y)
        opt.zero_grad()
        loss.backward()
        opt.step()
    sched.step()
    net.eval()
    hits = 0
    with torch.no_grad():
        for x, y in test_loader:
            hits += (net(x.to(device)).argmax(1) == y.to(device)).sum().item()
    print(epoch, hits / len(test))
`,
    input: [3, 32, 32],
  },
} satisfies Readonly<Record<string, GivenCode>>;

/** Written with their truth before the reading of claims had seen them. */
export const SAYINGS: readonly Saying<keyof typeof CODES>[] = [
  ['s2s', 'true', 'The gradients are never zeroed, neither for the encoder nor for the decoder.'],
  ['s2s', 'true', 'Only the gradients of the encoder are clipped.'],
  ['s2s', 'true', 'Teacher forcing with a probability of 0.5 is used.'],
  ['s2s', 'true', 'Encoder and decoder each have their own optimizer.'],
  ['s2s', 'true', 'The encoder uses a two-layer GRU with a hidden size of 512.'],
  ['s2s', 'true', 'Padding is ignored in the loss.'],
  ['s2s', 'true', 'The decoder has no dropout layer on its embeddings.'],
  ['s2s', 'true', 'There is no attention mechanism.'],
  ['s2s', 'true', 'The encoder is unidirectional.'],
  ['s2s', 'true', 'The embedding size is 256.'],
  ['s2s', 'true', 'It is trained for 12 epochs.'],
  ['s2s', 'false', 'The decoder uses an LSTM.'],
  ['s2s', 'false', 'The decoder attends to all encoder outputs with attention.'],
  ['s2s', 'false', 'The gradients are reset before every backward pass.'],
  ['s2s', 'false', 'The GRU has three layers.'],
  ['s2s', 'false', 'The encoder is bidirectional.'],
  ['s2s', 'false', 'The decoder ends with a softmax.'],
  ['s2s', 'false', 'One optimizer is shared by encoder and decoder.'],
  ['s2s', 'false', 'SGD is used to train both networks.'],
  ['s2s', 'open', 'Attention would help with long sentences.'],
  ['kfun', 'true', 'A softmax over a single unit always outputs 1, so the network cannot learn.'],
  ['kfun', 'true', 'The output should use a sigmoid activation.'],
  ['kfun', 'true', 'The pixel values are not rescaled.'],
  ['kfun', 'true', '20% of the images are used for validation.'],
  ['kfun', 'true', 'Binary cross-entropy is used as loss.'],
  ['kfun', 'true', 'The model has three convolutional layers with 16, 32 and 64 filters.'],
  ['kfun', 'true', 'Global average pooling replaces the flatten layer.'],
  ['kfun', 'true', 'There is no dropout and no data augmentation, so it will overfit quickly.'],
  ['kfun', 'true', 'The model is saved after training.'],
  ['kfun', 'true', 'The learning rate is 0.0001.'],
  ['kfun', 'true', 'The padding keeps the feature maps at the same size.'],
  ['kfun', 'false', 'The images are scaled to [0, 1] before they enter the network.'],
  ['kfun', 'false', 'The last layer has two units.'],
  ['kfun', 'false', 'Batch normalisation follows each convolution.'],
  ['kfun', 'false', 'The model uses dropout with a rate of 0.5.'],
  ['kfun', 'false', 'The optimiser is RMSprop.'],
  ['kfun', 'false', 'The loss function fits the activation of the output layer.'],
  ['kfun', 'false', 'The network flattens the feature maps before the dense layer.'],
  ['kfun', 'false', 'The model is not validated during training.'],
  ['kfun', 'open', 'Transfer learning with a pretrained network would be better.'],
  ['dqn', 'true', 'The target network is never updated after the start.'],
  ['dqn', 'true', 'Epsilon never decays, so the agent always acts randomly.'],
  ['dqn', 'true', 'Terminal states are not handled: the done flag is missing in the target.'],
  ['dqn', 'true', 'The target values are not detached, but the target network is not in the optimizer.'],
  ['dqn', 'true', 'A replay memory of 10000 transitions is used.'],
  ['dqn', 'true', 'The discount factor is 0.99.'],
  ['dqn', 'true', 'The Q-network has two hidden layers with 128 units each.'],
  ['dqn', 'true', 'RMSprop is used as the optimizer.'],
  ['dqn', 'true', 'The mean squared error is minimised.'],
  ['dqn', 'true', 'The network outputs one value for each of the two actions.'],
  ['dqn', 'false', 'The target network is updated every 100 steps.'],
  ['dqn', 'false', 'Epsilon is decreased over time.'],
  ['dqn', 'false', 'The Huber loss is used.'],
  ['dqn', 'false', 'The batch size is 32.'],
  ['dqn', 'false', 'The Q-network has a softmax at the output.'],
  ['dqn', 'false', 'Adam with a learning rate of 1e-3 is used.'],
  ['dqn', 'false', 'The hidden layers use tanh.'],
  ['dqn', 'open', 'Double DQN would reduce overestimation.'],
  ['cifar', 'true', 'The test images are not normalised although the training images are.'],
  ['cifar', 'true', 'Random crops and flips are used for data augmentation.'],
  ['cifar', 'true', 'A cosine annealing schedule is used for the learning rate.'],
  ['cifar', 'true', 'Label smoothing of 0.1 is applied.'],
  ['cifar', 'true', 'Each convolution is followed by batch normalisation and ReLU.'],
  ['cifar', 'true', 'AdamW with weight decay 0.05 is used.'],
  ['cifar', 'true', 'The network has about 370 thousand parameters.'],
  ['cifar', 'true', 'The model is switched to evaluation mode for testing.'],
  ['cifar', 'true', 'Dropout with a probability of 0.3 is used before the final layer.'],
  ['cifar', 'true', 'The scheduler is stepped once per epoch.'],
  ['cifar', 'true', 'The biases of the convolutions are unnecessary before batch norm.'],
  ['cifar', 'false', 'The test data is augmented as well.'],
  ['cifar', 'false', 'There is no learning rate schedule.'],
  ['cifar', 'false', 'The model is evaluated with dropout still active.'],
  ['cifar', 'false', 'Plain SGD is used.'],
  ['cifar', 'false', 'No regularisation is used at all.'],
  ['cifar', 'false', 'The network has four convolutional layers.'],
  ['cifar', 'false', 'Softmax is applied at the end of the network.'],
  ['cifar', 'false', 'Training and test images are preprocessed in the same way.'],
  ['cifar', 'false', 'The gradients are not zeroed.'],
  ['cifar', 'open', 'More epochs would probably improve the result.'],
];
