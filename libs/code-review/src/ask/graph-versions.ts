/** What TensorFlow has had since its version 1.0. */
export const SINCE_ONE =
  /\btf\.(layers|data|losses|keras|estimator)\.|\btf\.contrib\.(rnn|data|seq2seq)\b|\btensorflow\.contrib import rnn\b|tf\.nn\.(static|dynamic)_rnn|__version__\s*[=>]=\s*["'][12]\./;
