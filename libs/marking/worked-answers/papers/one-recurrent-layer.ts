import { answer, written, type Paper } from '../paper.js';

/** Of 32 features with 64 units: 64 · (32 + 64) + 64 = 6,208 for each gate, three of them in a GRU. */
export const ONE_RECURRENT_LAYER: Paper = {
  name: 'one recurrent layer',
  question: written`
    marks: 4
    prompt: How many parameters has each gate of an LSTM of 64 units on 32 features, and how many has the whole layer?
    network: { input: [20, 32], layers: [ LSTM: { name: lstm, hidden_size: 64, batch_first: true } ] }
    ask:
      - { id: gate, says: Parameters of one gate, quantity: parameters-per-gate, of: lstm, marks: 2, method: 1 }
      - { id: lstm, says: Parameters of the LSTM, quantity: parameters, marks: 2, method: 1 }
  `,
  answers: [
    answer(
      'one-bias',
      '2 2',
      written`
        one gate: 64*(32+64) + 64 = 6208
        LSTM: 4*6208 = 24832
      `,
    ),
    answer(
      'recurrent-weights-left-out-and-carried-on',
      '0 2',
      written`
        one gate: 64*32 + 64 = 2112
        LSTM: 4*2112 = 8448
      `,
    ),
  ],
};

/** What is wrong about the only thing asked follows from nothing. */
export const ONE_GATED_LAYER: Paper = {
  name: 'one gated layer',
  question: written`
    marks: 3
    prompt: How many parameters has a GRU of 64 units on 32 features?
    network: { input: [20, 32], layers: [ GRU: { name: gru, hidden_size: 64, batch_first: true } ] }
    ask:
      - { id: gru, says: Parameters of the GRU, quantity: parameters, marks: 3, method: 2 }
  `,
  answers: [
    answer('right', '3', 'GRU: 3*(64*32 + 64*64 + 64) = 18624'),
    answer('two-gates', '0', 'The GRU has two gates, 2*6208 = 12416.', { proposed: '?' }),
    answer('two-gates-worked-out', '0', 'GRU: 2*(64*32 + 64*64 + 64) = 12416'),
  ],
};
