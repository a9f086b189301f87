function words(text: string): readonly string[] {
  return text.trim().split(/\s+/);
}

/** Layers, functions and losses as PyTorch spells them, for suggestions. */
export const LAYER_NAMES = words(`
AdaptiveAvgPool1d AdaptiveAvgPool2d AdaptiveMaxPool2d AvgPool1d AvgPool2d AvgPool3d BCELoss BCEWithLogitsLoss BatchNorm1d
BatchNorm2d BatchNorm3d Bilinear CTCLoss Conv1d Conv2d Conv3d ConvTranspose1d ConvTranspose2d ConvTranspose3d
CosineSimilarity CrossEntropyLoss Dropout Dropout2d ELU Embedding EmbeddingBag Flatten Fold GELU GRU GRUCell GroupNorm
HuberLoss Identity InstanceNorm1d InstanceNorm2d KLDivLoss L1Loss LSTM LSTMCell LayerNorm LeakyReLU Linear LogSoftmax
MSELoss MaxPool1d MaxPool2d MaxPool3d MaxUnpool2d Module ModuleDict ModuleList MultiheadAttention NLLLoss PReLU
Parameter ParameterList PixelShuffle RNN RNNCell ReLU ReLU6 ReflectionPad2d SELU Sequential SiLU Sigmoid SmoothL1Loss
Softmax Softplus Tanh Transformer TransformerDecoder TransformerDecoderLayer TransformerEncoder TransformerEncoderLayer
Unflatten Unfold Upsample ZeroPad2d functional init utils DataParallel
relu leaky_relu softmax log_softmax sigmoid tanh dropout max_pool2d avg_pool2d cross_entropy nll_loss mse_loss
binary_cross_entropy binary_cross_entropy_with_logits adaptive_avg_pool2d conv2d linear gelu interpolate pad normalize
tensor zeros ones randn rand randint arange linspace cat stack flatten matmul mm bmm einsum mean sum max argmax argmin
sqrt exp log abs clamp no_grad manual_seed save load from_numpy empty full eye squeeze unsqueeze transpose permute where
optim device cuda long float float32 int64 Tensor
`);

export const OPTIMIZER_NAMES = words(
  'SGD Adam AdamW RMSprop Adagrad Adadelta Adamax ASGD LBFGS NAdam RAdam Rprop lr_scheduler Optimizer',
);

/** What Python and notebooks define by themselves. */
export const BUILTIN_NAMES: ReadonlySet<string> = new Set(
  words(`
__name__ __file__ __doc__ __package__ __spec__ __loader__ __builtins__ __class__ __debug__ __path__ __all__ __annotations__
__module__ __qualname__ __import__ __version__
abs aiter all anext any ascii bin bool breakpoint bytearray bytes callable chr classmethod compile complex copyright
credits delattr dict dir divmod enumerate eval exec exit filter float format frozenset getattr globals hasattr hash
help hex id input int isinstance issubclass iter len license list locals map max memoryview min next object oct open
ord pow print property quit range repr reversed round set setattr slice sorted staticmethod str sum super tuple type
vars zip Ellipsis NotImplemented None True False
ArithmeticError AssertionError AttributeError BaseException BaseExceptionGroup BlockingIOError BrokenPipeError
BufferError BytesWarning ChildProcessError ConnectionAbortedError ConnectionError ConnectionRefusedError
ConnectionResetError DeprecationWarning EOFError EnvironmentError Exception ExceptionGroup FileExistsError
FileNotFoundError FloatingPointError FutureWarning GeneratorExit IOError ImportError ImportWarning IndentationError
IndexError InterruptedError IsADirectoryError KeyError KeyboardInterrupt LookupError MemoryError ModuleNotFoundError
NameError NotADirectoryError NotImplementedError OSError OverflowError PendingDeprecationWarning PermissionError
ProcessLookupError RecursionError ReferenceError ResourceWarning RuntimeError RuntimeWarning StopAsyncIteration
StopIteration SyntaxError SyntaxWarning SystemError SystemExit TabError TimeoutError TypeError UnboundLocalError
UnicodeDecodeError UnicodeEncodeError UnicodeError UnicodeTranslateError UnicodeWarning UserWarning ValueError Warning
ZeroDivisionError
display get_ipython In Out _ __ ___ exit quit raw_input xrange unicode reload basestring long
`),
);
