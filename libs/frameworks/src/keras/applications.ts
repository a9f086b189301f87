import { defineModule } from '@tensormark/python';
import type { NativeModule } from '@tensormark/python';

/**
 * Networks of `keras.applications` in words of our own, from the papers and the published tables of their layers; the names of the
 * layers are Keras's. Weights are never loaded: what a network is does not hang on them.
 */
function networksFor(root: string): string {
  return `
from ${root} import layers as _layers
from ${root} import Model as _Model

def preprocess_input(x, data_format=None, mode='caffe'):
    return x

def _begin(input_tensor, input_shape, include_top):
    if input_tensor is not None:
        return input_tensor
    if input_shape is None:
        input_shape = (224, 224, 3) if include_top else (None, None, 3)
    return _layers.Input(shape=input_shape)

def _end(inputs, x, include_top, pooling, classes, activation, name, top='predictions'):
    if include_top:
        x = _layers.Dense(classes, activation=activation, name=top)(x)
    elif pooling == 'avg':
        x = _layers.GlobalAveragePooling2D(name='avg_pool')(x)
    elif pooling == 'max':
        x = _layers.GlobalMaxPooling2D(name='max_pool')(x)
    return _Model(inputs, x, name=name)

def _vgg(convolutions, name, include_top, input_tensor, input_shape, pooling, classes, activation):
    inputs = _begin(input_tensor, input_shape, include_top)
    x = inputs
    for block, (filters, times) in enumerate(convolutions, 1):
        for at in range(1, times + 1):
            x = _layers.Conv2D(filters, 3, activation='relu', padding='same', name=f'block{block}_conv{at}')(x)
        x = _layers.MaxPooling2D(2, strides=2, name=f'block{block}_pool')(x)
    if include_top:
        x = _layers.Flatten(name='flatten')(x)
        x = _layers.Dense(4096, activation='relu', name='fc1')(x)
        x = _layers.Dense(4096, activation='relu', name='fc2')(x)
    return _end(inputs, x, include_top, pooling, classes, activation, name)

def VGG16(include_top=True, weights='imagenet', input_tensor=None, input_shape=None, pooling=None, classes=1000, classifier_activation='softmax', name='vgg16'):
    blocks = [(64, 2), (128, 2), (256, 3), (512, 3), (512, 3)]
    return _vgg(blocks, name, include_top, input_tensor, input_shape, pooling, classes, classifier_activation)

def VGG19(include_top=True, weights='imagenet', input_tensor=None, input_shape=None, pooling=None, classes=1000, classifier_activation='softmax', name='vgg19'):
    blocks = [(64, 2), (128, 2), (256, 4), (512, 4), (512, 4)]
    return _vgg(blocks, name, include_top, input_tensor, input_shape, pooling, classes, classifier_activation)

def _normalised(x, name, activated=True):
    x = _layers.BatchNormalization(epsilon=1.001e-5, name=name + '_bn')(x)
    return _layers.Activation('relu', name=name + '_relu')(x) if activated else x

def _residual(x, filters, stride, name, projects):
    shortcut = x
    if projects:
        shortcut = _layers.Conv2D(4 * filters, 1, strides=stride, name=name + '_0_conv')(x)
        shortcut = _normalised(shortcut, name + '_0', False)
    x = _normalised(_layers.Conv2D(filters, 1, strides=stride, name=name + '_1_conv')(x), name + '_1')
    x = _normalised(_layers.Conv2D(filters, 3, padding='same', name=name + '_2_conv')(x), name + '_2')
    x = _normalised(_layers.Conv2D(4 * filters, 1, name=name + '_3_conv')(x), name + '_3', False)
    x = _layers.Add(name=name + '_add')([shortcut, x])
    return _layers.Activation('relu', name=name + '_out')(x)

def _resnet(times, name, include_top, input_tensor, input_shape, pooling, classes, activation):
    inputs = _begin(input_tensor, input_shape, include_top)
    x = _layers.ZeroPadding2D(3, name='conv1_pad')(inputs)
    x = _normalised(_layers.Conv2D(64, 7, strides=2, name='conv1_conv')(x), 'conv1')
    x = _layers.ZeroPadding2D(1, name='pool1_pad')(x)
    x = _layers.MaxPooling2D(3, strides=2, name='pool1_pool')(x)
    for stage, blocks in enumerate(times):
        for block in range(blocks):
            stride = 2 if stage > 0 and block == 0 else 1
            x = _residual(x, 64 * 2 ** stage, stride, f'conv{stage + 2}_block{block + 1}', block == 0)
    if include_top:
        x = _layers.GlobalAveragePooling2D(name='avg_pool')(x)
    return _end(inputs, x, include_top, pooling, classes, activation, name)

def ResNet50(include_top=True, weights='imagenet', input_tensor=None, input_shape=None, pooling=None, classes=1000, classifier_activation='softmax', name='resnet50'):
    return _resnet([3, 4, 6, 3], name, include_top, input_tensor, input_shape, pooling, classes, classifier_activation)

def ResNet101(include_top=True, weights='imagenet', input_tensor=None, input_shape=None, pooling=None, classes=1000, classifier_activation='softmax', name='resnet101'):
    return _resnet([3, 4, 23, 3], name, include_top, input_tensor, input_shape, pooling, classes, classifier_activation)

def ResNet152(include_top=True, weights='imagenet', input_tensor=None, input_shape=None, pooling=None, classes=1000, classifier_activation='softmax', name='resnet152'):
    return _resnet([3, 8, 36, 3], name, include_top, input_tensor, input_shape, pooling, classes, classifier_activation)

def _divisible(channels, by=8):
    rounded = max(by, int(channels + by / 2) // by * by)
    return rounded + by if rounded < 0.9 * channels else rounded

def _six(x, name):
    return _layers.ReLU(6.0, name=name)(x)

def _halved(x, name):
    height, width = x.shape[1], x.shape[2]
    def sides(size):
        return (0, 1) if size is not None and size % 2 == 0 else (1, 1)
    return _layers.ZeroPadding2D((sides(height), sides(width)), name=name)(x)

def _inverted(x, index, expansion, filters, stride):
    channels = x.shape[-1]
    prefix = 'expanded_conv_' if index == 0 else f'block_{index}_'
    inputs = x
    if index > 0:
        x = _layers.Conv2D(expansion * channels, 1, use_bias=False, name=prefix + 'expand')(x)
        x = _layers.BatchNormalization(momentum=0.999, name=prefix + 'expand_BN')(x)
        x = _six(x, prefix + 'expand_relu')
    if stride == 2:
        x = _halved(x, prefix + 'pad')
    x = _layers.DepthwiseConv2D(3, strides=stride, use_bias=False, padding='same' if stride == 1 else 'valid', name=prefix + 'depthwise')(x)
    x = _layers.BatchNormalization(momentum=0.999, name=prefix + 'depthwise_BN')(x)
    x = _six(x, prefix + 'depthwise_relu')
    x = _layers.Conv2D(filters, 1, use_bias=False, name=prefix + 'project')(x)
    x = _layers.BatchNormalization(momentum=0.999, name=prefix + 'project_BN')(x)
    if channels == filters and stride == 1:
        x = _layers.Add(name=prefix + 'add')([inputs, x])
    return x

def MobileNetV2(input_shape=None, alpha=1.0, include_top=True, weights='imagenet', input_tensor=None, pooling=None, classes=1000, classifier_activation='softmax', name='mobilenetv2'):
    inputs = _begin(input_tensor, input_shape, include_top)
    x = _layers.Conv2D(_divisible(32 * alpha), 3, strides=2, padding='same', use_bias=False, name='Conv1')(inputs)
    x = _layers.BatchNormalization(momentum=0.999, name='bn_Conv1')(x)
    x = _six(x, 'Conv1_relu')
    index = 0
    for expansion, filters, times, stride in [(1, 16, 1, 1), (6, 24, 2, 2), (6, 32, 3, 2), (6, 64, 4, 2), (6, 96, 3, 1), (6, 160, 3, 2), (6, 320, 1, 1)]:
        for at in range(times):
            x = _inverted(x, index, expansion, _divisible(filters * alpha), stride if at == 0 else 1)
            index += 1
    x = _layers.Conv2D(_divisible(1280 * alpha) if alpha > 1.0 else 1280, 1, use_bias=False, name='Conv_1')(x)
    x = _layers.BatchNormalization(momentum=0.999, name='Conv_1_bn')(x)
    x = _six(x, 'out_relu')
    if include_top:
        x = _layers.GlobalAveragePooling2D()(x)
    return _end(inputs, x, include_top, pooling, classes, classifier_activation, name)

def MobileNet(input_shape=None, alpha=1.0, depth_multiplier=1, dropout=0.001, include_top=True, weights='imagenet', input_tensor=None, pooling=None, classes=1000, classifier_activation='softmax', name='mobilenet'):
    inputs = _begin(input_tensor, input_shape, include_top)
    x = _layers.Conv2D(int(32 * alpha), 3, strides=2, padding='same', use_bias=False, name='conv1')(inputs)
    x = _layers.BatchNormalization(name='conv1_bn')(x)
    x = _six(x, 'conv1_relu')
    plan = [(64, 1), (128, 2), (128, 1), (256, 2), (256, 1), (512, 2)] + [(512, 1)] * 5 + [(1024, 2), (1024, 1)]
    for block, (filters, stride) in enumerate(plan, 1):
        if stride == 2:
            x = _layers.ZeroPadding2D(((0, 1), (0, 1)), name=f'conv_pad_{block}')(x)
        x = _layers.DepthwiseConv2D(3, strides=stride, depth_multiplier=depth_multiplier, use_bias=False, padding='same' if stride == 1 else 'valid', name=f'conv_dw_{block}')(x)
        x = _layers.BatchNormalization(name=f'conv_dw_{block}_bn')(x)
        x = _six(x, f'conv_dw_{block}_relu')
        x = _layers.Conv2D(int(filters * alpha), 1, padding='same', use_bias=False, name=f'conv_pw_{block}')(x)
        x = _layers.BatchNormalization(name=f'conv_pw_{block}_bn')(x)
        x = _six(x, f'conv_pw_{block}_relu')
    if not include_top:
        return _end(inputs, x, False, pooling, classes, classifier_activation, name)
    x = _layers.GlobalAveragePooling2D(keepdims=True)(x)
    x = _layers.Dropout(dropout, name='dropout')(x)
    x = _layers.Conv2D(classes, 1, padding='same', name='conv_preds')(x)
    x = _layers.Reshape((classes,), name='reshape_2')(x)
    x = _layers.Activation(classifier_activation, name='predictions')(x)
    return _Model(inputs, x, name=name)
`;
}

/** Modules of `keras.applications` that programs import a network from. */
const FAMILIES = ['vgg16', 'vgg19', 'resnet', 'resnet50', 'mobilenet', 'mobilenet_v2'] as const;

/** `keras.applications` below a root of Keras, and its families. */
export function applicationModules(root: string): readonly NativeModule[] {
  const source = networksFor(root);
  const module = (name: string): NativeModule => defineModule({ name, source, missing: 'unknown' });
  return [
    module(`${root}.applications`),
    ...FAMILIES.map((family) => module(`${root}.applications.${family}`)),
  ];
}
