import gym
import numpy as np
import torch
import torch.nn as nn
import torch.nn.functional as F
import torch.optim as optim

GAMMA = 0.99
ROLL = 16

class ActorCritic(nn.Module):
    def __init__(self, n_obs, n_act):
        super().__init__()
        self.body = nn.Sequential(nn.Linear(n_obs, 128), nn.ReLU())
        self.pi = nn.Linear(128, n_act)
        self.v = nn.Linear(128, 1)

    def forward(self, x):
        h = self.body(x)
        return self.pi(h), self.v(h)

env = gym.make('CartPole-v1')
net = ActorCritic(env.observation_space.shape[0], env.action_space.n)
opt = optim.Adam(net.parameters(), lr=1e-3)
obs = env.reset()
for it in range(2000):
    states, actions, rewards, dones = [], [], [], []
    for _ in range(ROLL):
        with torch.no_grad():
            logits, _ = net(torch.FloatTensor(obs).unsqueeze(0))
        a = torch.distributions.Categorical(logits=logits).sample().item()
        nxt, r, done, _ = env.step(a)
        states.append(obs); actions.append(a); rewards.append(r); dones.append(done)
        obs = env.reset() if done else nxt
    returns = []
    R = 0.0
    for r, d in zip(reversed(rewards), reversed(dones)):
        R = r + GAMMA * R * (1 - d)
        returns.insert(0, R)
    states_v = torch.FloatTensor(np.array(states))
    actions_t = torch.LongTensor(actions)
    ref_v = torch.FloatTensor(returns)
    logits, values = net(states_v)
    value_loss = F.mse_loss(values.squeeze(-1), ref_v)
    logp = F.log_softmax(logits, dim=1)
    adv = ref_v - values.squeeze(-1).detach()
    policy_loss = -(adv * logp[range(ROLL), actions_t]).mean()
    loss = policy_loss + value_loss
    opt.zero_grad()
    loss.backward()
    opt.step()
