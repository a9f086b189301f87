import type { Check } from '../../check.js';

export const syntaxError: Check = {
  id: 'syntax-error',
  title: 'Not Python',
  severity: 'error',
  why: 'Python reads a whole file before it runs any of it: nothing of this file runs.',
  instead: 'Mend the line at the place shown; a bracket or string left open may begin earlier.',
  needs: 'Text that Python’s grammar does not take.',
  wrong: [
    `
import torch.nn as nn

class Net(nn.Module)  # <--
    def __init__(self):
        super().__init__()
        self.fc = nn.Linear(20, 3)

    def forward(self, x):
        return self.fc(x)
`,
    `
import torch.nn as nn
net = nn.Sequential(
    nn.Linear(20, 64)
    nn.ReLU(),  # <--
    nn.Linear(64, 3),
)
`,
  ],
  right: [
    // A program of its time: it ran as it stands.
    `
import tensorflow as tf
x = tf.placeholder(tf.float32, [None, 4])
w = tf.Variable(tf.zeros([4, 1]))
with tf.Session() as sess:
    sess.run(tf.initialize_all_variables())
    for step in xrange(3):
        print step, sess.run(tf.matmul(x, w), {x: [[1, 2, 3, 4]]})
`,
    `
import torch.nn as nn

class Net(nn.Module):
    ...

def forward(self, x): ...
`,
  ],
  *run({ syntaxErrors, source }) {
    const [first] = syntaxErrors;
    if (first === undefined) return;
    if (isPython2(source) && syntaxErrors.every(({ message }) => OF_PYTHON_2.test(message))) return;
    // Where the parser stumbles once, what it says afterwards is often of its own making.
    yield {
      at: first.span,
      message: `Python cannot read this line: ${first.message}.`,
      evidence: [{ kind: 'error', type: first.type, message: first.message, exact: true }],
    };
  },
};

/** What the parser says of lines that Python 2 took. */
const OF_PYTHON_2 =
  /^Missing parentheses in call to '(print|exec)'|^multiple exception types must be parenthesized/;

/** Names that Python 2 alone has, and what libraries had in its time. */
const IN_ITS_TIME =
  /\b(xrange|raw_input|iteritems|itervalues|cPickle|urllib2|basestring)\b|\b(nb_epoch|nb_filter|border_mode|initialize_all_variables|volatile)\b|\btf\.(placeholder|Session|app\.flags|initialize_)|\.data\[0\]/;

function isPython2(source: string): boolean {
  return IN_ITS_TIME.test(source) && !/(?<!%)\bf["']|\bnonlocal\b|\basync def\b/.test(source);
}
