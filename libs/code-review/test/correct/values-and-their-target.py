import random, collections
import torch, torch.nn as nn
class Q(nn.Module):
    def __init__(self, obs=4, actions=2):
        super().__init__()
        self.net = nn.Sequential(nn.Linear(obs, 64), nn.ReLU(), nn.Linear(64, 64), nn.ReLU(), nn.Linear(64, actions))
    def forward(self, x): return self.net(x)
q, target = Q(), Q()
target.load_state_dict(q.state_dict())
opt = torch.optim.Adam(q.parameters(), lr=1e-3)
memory = collections.deque(maxlen=10000)
def learn(gamma=0.99):
    if len(memory) < 64: return
    s, a, r, s2, done = map(torch.stack, zip(*random.sample(memory, 64)))
    with torch.no_grad():
        y = r + gamma * (1 - done) * target(s2).max(1).values
    qa = q(s).gather(1, a.long().unsqueeze(1)).squeeze(1)
    loss = nn.functional.smooth_l1_loss(qa, y)
    opt.zero_grad(); loss.backward(); opt.step()
for step in range(1000):
    learn()
    if step % 100 == 0:
        target.load_state_dict(q.state_dict())
