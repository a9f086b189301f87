import { answer, written, type Paper } from '../paper.js';

/** Prediction 1, error −2, loss 4, gradient −8, new weight 1.3. */
export const GRADIENT_STEP: Paper = {
  name: 'one step of gradient descent',
  question: written`
    marks: 8
    prompt: For ŷ = w·x with w = 0.5, x = 2, y = 3 and the squared error, take one step of gradient descent with learning rate 0.1.
    ask:
      - { id: prediction, says: Prediction, value: 0.5*2, marks: 1 }
      - { id: loss, says: Loss, value: (prediction - 3)^2, marks: 2, method: 1 }
      - { id: gradient, says: Gradient with respect to w, value: 2*(prediction - 3)*2, marks: 3, method: 2 }
      - { id: weight, says: New weight, value: 0.5 - 0.1*gradient, marks: 2, method: 1 }
  `,
  answers: [
    answer(
      'right-line-by-line',
      '1 2 3 2',
      written`
        Prediction: ŷ = 0.5 · 2 = 1
        Loss: (1 − 3)² = 4
        Gradient: dL/dw = 2 · (1 − 3) · 2 = −8
        New weight: w = 0.5 − 0.1 · (−8) = 1.3
      `,
    ),
    answer(
      'sign-of-the-gradient-lost-and-carried-forward',
      '1 2 0 2',
      written`
        Prediction: 0.5*2 = 1
        Loss: (3-1)^2 = 4
        Gradient: 2*(3-1)*2 = 8
        New weight: 0.5 - 0.1*8 = -0.3
      `,
      { proposed: '1 2 ? 2' },
    ),
    answer(
      'a-slip-in-the-prediction-carried-all-the-way',
      '0 2 3 2',
      written`
        Prediction: 0.5 * 2 = 1.5
        Loss: (1.5 - 3)^2 = 2.25
        Gradient: 2 * (1.5 - 3) * 2 = -6
        New weight: 0.5 - 0.1 * (-6) = 1.1
      `,
      { proposed: '? 2 3 2' },
    ),
    answer(
      'step-uphill',
      '1 2 3 0',
      written`
        Prediction = 1
        Loss = (1-3)^2 = 4
        Gradient = 2*2*(1-3) = -8
        New weight = 0.5 + 0.1*(-8) = -0.3
      `,
      { proposed: '1 2 3 ?' },
    ),
    answer(
      'in-latex',
      '1 2 3 2',
      written`
        Prediction $\hat y = wx = 0.5\cdot 2 = 1$. Loss $L = (\hat y - y)^2 = (1-3)^2 = 4$.
        Gradient $\frac{\partial L}{\partial w} = 2(\hat y - y)x = 2\cdot(-2)\cdot 2 = -8$.
        New weight $w \leftarrow 0.5 - 0.1\cdot(-8) = 1.3$
      `,
    ),
  ],
};
