import random

import torch
import torch.nn as nn
import torch.nn.functional as F
from torch import optim

SOS, EOS, MAX_LENGTH, hidden_size = 0, 1, 10, 256
device = torch.device('cuda' if torch.cuda.is_available() else 'cpu')


class EncoderRNN(nn.Module):
    def __init__(self, input_size, hidden_size):
        super().__init__()
        self.hidden_size = hidden_size
        self.embedding = nn.Embedding(input_size, hidden_size)
        self.gru = nn.GRU(hidden_size, hidden_size)

    def forward(self, input, hidden):
        embedded = self.embedding(input).view(1, 1, -1)
        output, hidden = self.gru(embedded, hidden)
        return output, hidden

    def initHidden(self):
        return torch.zeros(1, 1, self.hidden_size, device=device)


class AttnDecoderRNN(nn.Module):
    def __init__(self, hidden_size, output_size, dropout_p=0.1):
        super().__init__()
        self.embedding = nn.Embedding(output_size, hidden_size)
        self.attn = nn.Linear(hidden_size * 2, MAX_LENGTH)
        self.attn_combine = nn.Linear(hidden_size * 2, hidden_size)
        self.dropout = nn.Dropout(dropout_p)
        self.gru = nn.GRU(hidden_size, hidden_size)
        self.out = nn.Linear(hidden_size, output_size)

    def forward(self, input, hidden, encoder_outputs):
        embedded = self.dropout(self.embedding(input).view(1, 1, -1))
        weights = F.softmax(self.attn(torch.cat((embedded[0], hidden[0]), 1)), dim=1)
        applied = torch.bmm(weights.unsqueeze(0), encoder_outputs.unsqueeze(0))
        output = torch.cat((embedded[0], applied[0]), 1)
        output = F.relu(self.attn_combine(output).unsqueeze(0))
        output, hidden = self.gru(output, hidden)
        output = F.log_softmax(self.out(output[0]), dim=1)
        return output, hidden, weights


def train(input_tensor, target_tensor, encoder, decoder, e_opt, d_opt, criterion):
    hidden = encoder.initHidden()
    e_opt.zero_grad()
    d_opt.zero_grad()
    input_length, target_length = input_tensor.size(0), target_tensor.size(0)
    outputs = torch.zeros(MAX_LENGTH, encoder.hidden_size, device=device)
    loss = 0
    for ei in range(input_length):
        out, hidden = encoder(input_tensor[ei], hidden)
        outputs[ei] = out[0, 0]
    d_input = torch.tensor([[SOS]], device=device)
    teacher = random.random() < 0.5
    for di in range(target_length):
        d_out, hidden, attention = decoder(d_input, hidden, outputs)
        loss += criterion(d_out, target_tensor[di])
        if teacher:
            d_input = target_tensor[di]
        else:
            topv, topi = d_out.topk(1)
            d_input = topi.squeeze().detach()
            if d_input.item() == EOS:
                break
    loss.backward()
    e_opt.step()
    d_opt.step()
    return loss.item() / target_length


encoder = EncoderRNN(2000, hidden_size).to(device)
decoder = AttnDecoderRNN(hidden_size, 3000).to(device)
e_opt = optim.SGD(encoder.parameters(), lr=0.01)
d_opt = optim.SGD(decoder.parameters(), lr=0.01)
pairs = [(torch.randint(2, 2000, (7, 1)).to(device), torch.randint(2, 3000, (8, 1)).to(device)) for _ in range(75)]
total = 0
for it in range(1, 75001):
    source, target = random.choice(pairs)
    total += train(source, target, encoder, decoder, e_opt, d_opt, nn.NLLLoss())
    if it % 1000 == 0:
        print(total / 1000)
        total = 0
