import numpy as np
import torch
import torch.nn as nn
import torch.optim as optim


class Sequence(nn.Module):
    def __init__(self):
        super().__init__()
        self.lstm1 = nn.LSTMCell(1, 51)
        self.lstm2 = nn.LSTMCell(51, 51)
        self.linear = nn.Linear(51, 1)

    def forward(self, inputs, future=0):
        outputs = []
        h_t = torch.zeros(inputs.size(0), 51, dtype=torch.double)
        c_t = torch.zeros(inputs.size(0), 51, dtype=torch.double)
        h_t2 = torch.zeros(inputs.size(0), 51, dtype=torch.double)
        c_t2 = torch.zeros(inputs.size(0), 51, dtype=torch.double)
        for input_t in inputs.split(1, dim=1):
            h_t, c_t = self.lstm1(input_t, (h_t, c_t))
            h_t2, c_t2 = self.lstm2(h_t, (h_t2, c_t2))
            output = self.linear(h_t2)
            outputs += [output]
        for i in range(future):
            h_t, c_t = self.lstm1(output, (h_t, c_t))
            h_t2, c_t2 = self.lstm2(h_t, (h_t2, c_t2))
            output = self.linear(h_t2)
            outputs += [output]
        return torch.cat(outputs, dim=1)


if __name__ == '__main__':
    waves = np.sin(np.arange(100 * 40).reshape(100, 40) / 20.0)
    x = torch.from_numpy(waves[3:, :-1])
    y = torch.from_numpy(waves[3:, 1:])
    seq = Sequence()
    seq.double()
    criterion = nn.MSELoss()
    optimizer = optim.LBFGS(seq.parameters(), lr=0.8)
    for i in range(15):

        def closure():
            optimizer.zero_grad()
            out = seq(x)
            loss = criterion(out, y)
            print('loss:', loss.item())
            loss.backward()
            return loss

        optimizer.step(closure)
        with torch.no_grad():
            pred = seq(x, future=100)
            print('test', criterion(pred[:, :-100], y).item())
