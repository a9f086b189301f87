import random
from collections import deque
import gym
import numpy as np
import torch
import torch.nn as nn

class DQN(nn.Module):
    def __init__(self, s, a):
        super().__init__()
        self.f = nn.Sequential(nn.Linear(s, 64), nn.ReLU(), nn.Linear(64, 64), nn.ReLU(), nn.Linear(64, a))
    def forward(self, x):
        return self.f(x)

class Agent:
    def __init__(self, s, a):
        self.q = DQN(s, a)
        self.tq = DQN(s, a)
        self.tq.load_state_dict(self.q.state_dict())
        self.mem = deque(maxlen=10000)
        self.opt = torch.optim.Adam(self.q.parameters(), lr=1e-3)
        self.loss = nn.MSELoss()
        self.gamma = 0.99
    def remember(self, *t):
        self.mem.append(t)
    def learn(self, bs=64):
        if len(self.mem) < bs:
            return
        batch = random.sample(self.mem, bs)
        s, a, r, s2, d = zip(*batch)
        s = torch.FloatTensor(np.array(s))
        a = torch.LongTensor(a).unsqueeze(1)
        r = torch.FloatTensor(r)
        s2 = torch.FloatTensor(np.array(s2))
        d = torch.FloatTensor(d)
        qsa = self.q(s).gather(1, a)
        with torch.no_grad():
            best = self.tq(s2).max(1)[0]
        target = r + self.gamma * best * (1 - d)
        loss = self.loss(qsa, target.unsqueeze(1))
        self.opt.zero_grad()
        loss.backward()
        self.opt.step()

env = gym.make('CartPole-v1')
agent = Agent(4, 2)
eps = 1.0
for ep in range(500):
    s = env.reset()
    done = False
    while not done:
        if random.random() < eps:
            act = env.action_space.sample()
        else:
            with torch.no_grad():
                act = agent.q(torch.FloatTensor(s).unsqueeze(0)).argmax(1).item()
        s2, r, done, _ = env.step(act)
        agent.remember(s, act, r, s2, float(done))
        s = s2
        agent.learn()
    eps = max(0.05, eps * 0.99)
    if ep % 10 == 0:
        agent.tq.load_state_dict(agent.q.state_dict())
