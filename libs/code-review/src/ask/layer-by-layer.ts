/** Programs that train layers one after the other first, as was done before ReLU: many sigmoids in a row learn there. */
export const LAYER_BY_LAYER = /auto_?encod|pre_?train|\b(rbm|dbn)\b|boltzmann|belief/i;
