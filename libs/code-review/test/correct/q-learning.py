import random
from collections import deque, namedtuple

import gym
import torch
import torch.nn as nn
import torch.nn.functional as F
import torch.optim as optim

Transition = namedtuple('Transition', ('state', 'action', 'next_state', 'reward'))


class Memory:
    def __init__(self, capacity):
        self.memory = deque([], maxlen=capacity)

    def push(self, *args):
        self.memory.append(Transition(*args))

    def sample(self, n):
        return random.sample(self.memory, n)

    def __len__(self):
        return len(self.memory)


class DQN(nn.Module):
    def __init__(self, n_observations, n_actions):
        super().__init__()
        self.layer1 = nn.Linear(n_observations, 128)
        self.layer2 = nn.Linear(128, 128)
        self.layer3 = nn.Linear(128, n_actions)

    def forward(self, x):
        x = F.relu(self.layer1(x))
        x = F.relu(self.layer2(x))
        return self.layer3(x)


env = gym.make('CartPole-v1')
n_actions = env.action_space.n
state, info = env.reset()
policy = DQN(len(state), n_actions)
target = DQN(len(state), n_actions)
target.load_state_dict(policy.state_dict())
target.eval()
optimizer = optim.AdamW(policy.parameters(), lr=1e-4, amsgrad=True)
memory = Memory(10000)


def optimize_model():
    if len(memory) < 128:
        return
    batch = Transition(*zip(*memory.sample(128)))
    mask = torch.tensor(tuple(s is not None for s in batch.next_state), dtype=torch.bool)
    non_final = torch.cat([s for s in batch.next_state if s is not None])
    states = torch.cat(batch.state)
    actions = torch.cat(batch.action)
    rewards = torch.cat(batch.reward)
    q = policy(states).gather(1, actions)
    next_values = torch.zeros(128)
    with torch.no_grad():
        next_values[mask] = target(non_final).max(1)[0]
    expected = next_values * 0.99 + rewards
    loss = nn.SmoothL1Loss()(q, expected.unsqueeze(1))
    optimizer.zero_grad()
    loss.backward()
    for p in policy.parameters():
        p.grad.data.clamp_(-1, 1)
    optimizer.step()


for episode in range(600):
    state, info = env.reset()
    state = torch.tensor(state, dtype=torch.float32).unsqueeze(0)
    done = False
    while not done:
        if random.random() > 0.1:
            with torch.no_grad():
                action = policy(state).max(1)[1].view(1, 1)
        else:
            action = torch.tensor([[env.action_space.sample()]], dtype=torch.long)
        observation, reward, terminated, truncated, _ = env.step(action.item())
        done = terminated or truncated
        next_state = None if terminated else torch.tensor(observation, dtype=torch.float32).unsqueeze(0)
        memory.push(state, action, next_state, torch.tensor([reward]))
        state = next_state
        optimize_model()
        for t, p in zip(target.parameters(), policy.parameters()):
            t.data.copy_(0.005 * p.data + 0.995 * t.data)
