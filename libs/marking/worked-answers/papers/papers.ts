import type { Paper } from '../paper.js';
import { ENCODER_LAYER } from './encoder-layer.js';
import { GRADIENT_STEP } from './gradient-step.js';
import { LAYER_TABLE } from './layer-table.js';
import { LSTM_CLASSIFIER } from './lstm-classifier.js';
import { MEMORY_OF_A_LAYER } from './memory-of-a-layer.js';
import { MEMORY_IN_UNITS } from './memory-in-units.js';
import { PERCEPTRON } from './perceptron.js';
import { PLAIN_CONVOLUTIONS } from './plain-convolutions.js';
import * as published from './published.js';
import { RECEPTIVE_FIELDS } from './receptive-fields.js';
import { RESIDUAL_BLOCK } from './residual-block.js';
import { SEPARABLE_CONVOLUTION } from './separable-convolution.js';
import { ONE_LAYER_OF_SEVERAL } from './one-layer-of-several.js';
import { SOME_LAYERS_ASKED } from './some-layers-asked.js';
import { SOFTMAX_BY_HAND } from './softmax-by-hand.js';
import { SOUND_IN_WINDOWS } from './sound-in-windows.js';
import { STEPS_WITH_MARKS } from './steps-with-marks.js';
import { TIED_AND_FROZEN } from './tied-and-frozen.js';
import { TRANSPOSED_CONVOLUTIONS } from './transposed-convolutions.js';
import { VISION_TRANSFORMER } from './vision-transformer.js';
import { DILATED_AND_GROUPED } from './dilated-and-grouped.js';
import { BIDIRECTIONAL_RECURRENCE } from './bidirectional-recurrence.js';
import { SMALL_NETWORK_IN_WORDS } from './small-network-in-words.js';
import { DOWNSAMPLING_STACK } from './downsampling-stack.js';
import { ENCODER_WITH_SKIP } from './encoder-with-skip.js';
import { VIDEO_CONVOLUTION } from './video-convolution.js';
import { NORMALISED_PERCEPTRON } from './normalised-perceptron.js';
import { DECODER_BLOCK } from './decoder-block.js';
import { STACKED_LSTM } from './stacked-lstm.js';
import { INVERTED_RESIDUAL } from './inverted-residual.js';
import { UNEVEN_UPSAMPLING } from './uneven-upsampling.js';
import { CAUSAL_DILATIONS } from './causal-dilations.js';
import { THREE_BLOCKS_IN_WORDS } from './three-blocks-in-words.js';
import { TIED_LANGUAGE_MODEL } from './tied-language-model.js';
import { SEGMENTATION_TABLE } from './segmentation-table.js';
import { WORK_OF_CONVOLUTIONS } from './work-of-convolutions.js';
import { ATTENTION_BY_HAND } from './attention-by-hand.js';
import { FIELDS_OF_UNEQUAL_SIDES } from './fields-of-unequal-sides.js';
import { MIXED_PRECISION } from './mixed-precision.js';
import { FEEDING_A_DEVICE } from './feeding-a-device.js';
import {
  FIELD_AND_DISTANCE,
  LAYERS_IN_CASES,
  SHAPES_OF_A_SMALL_NETWORK,
  WORK_AND_MEMORY_OF_A_SMALL_NETWORK,
} from './small-network-in-parts.js';
import { ONE_GATED_LAYER, ONE_RECURRENT_LAYER } from './one-recurrent-layer.js';
import { PARTS_OF_A_TIME } from './parts-of-a-time.js';
import { PRECISION_AND_RECALL } from './precision-and-recall.js';
import { TRAINING_MEMORY } from './training-memory.js';
import { STATISTICS_COUNTED } from './statistics-counted.js';
import { WEIGHTS_OF_A_TRANSFORMER } from './weights-of-a-transformer.js';
import { PERCEPTRON_IN_SENTENCES } from './perceptron-in-sentences.js';
import { METRICS_AS_FRACTIONS } from './metrics-as-fractions.js';
import { WORK_AND_STORAGE } from './work-and-storage.js';
import { KERNELS_AS_LABELS } from './kernels-as-labels.js';

export const PAPERS: readonly Paper[] = [
  PLAIN_CONVOLUTIONS,
  SEPARABLE_CONVOLUTION,
  TRANSPOSED_CONVOLUTIONS,
  RESIDUAL_BLOCK,
  LSTM_CLASSIFIER,
  ENCODER_LAYER,
  PERCEPTRON,
  RECEPTIVE_FIELDS,
  MEMORY_OF_A_LAYER,
  MEMORY_IN_UNITS,
  STEPS_WITH_MARKS,
  TIED_AND_FROZEN,
  ONE_LAYER_OF_SEVERAL,
  SOME_LAYERS_ASKED,
  SOFTMAX_BY_HAND,
  GRADIENT_STEP,
  LAYER_TABLE,
  SOUND_IN_WINDOWS,
  VISION_TRANSFORMER,
  DILATED_AND_GROUPED,
  BIDIRECTIONAL_RECURRENCE,
  SMALL_NETWORK_IN_WORDS,
  DOWNSAMPLING_STACK,
  ENCODER_WITH_SKIP,
  VIDEO_CONVOLUTION,
  NORMALISED_PERCEPTRON,
  DECODER_BLOCK,
  STACKED_LSTM,
  INVERTED_RESIDUAL,
  UNEVEN_UPSAMPLING,
  CAUSAL_DILATIONS,
  TIED_LANGUAGE_MODEL,
  SEGMENTATION_TABLE,
  WORK_OF_CONVOLUTIONS,
  ATTENTION_BY_HAND,
  FIELDS_OF_UNEQUAL_SIDES,
  MIXED_PRECISION,
  FEEDING_A_DEVICE,
  PRECISION_AND_RECALL,
  TRAINING_MEMORY,
  STATISTICS_COUNTED,
  THREE_BLOCKS_IN_WORDS,
  WEIGHTS_OF_A_TRANSFORMER,
  PERCEPTRON_IN_SENTENCES,
  METRICS_AS_FRACTIONS,
  WORK_AND_STORAGE,
  KERNELS_AS_LABELS,
  SHAPES_OF_A_SMALL_NETWORK,
  WORK_AND_MEMORY_OF_A_SMALL_NETWORK,
  FIELD_AND_DISTANCE,
  LAYERS_IN_CASES,
  ONE_RECURRENT_LAYER,
  ONE_GATED_LAYER,
  PARTS_OF_A_TIME,
  ...Object.values(published),
];
