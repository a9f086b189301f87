/** Designs of networks that are known by a name of their own, with their number or version. */
const DESIGN =
  /\b(?:wide[ _-]?)?(?:resnet|resnext|vgg|alexnet|lenet|densenet|mobilenet|efficientnet|inception|xception|convnext|googlenet|squeezenet|shufflenet|regnet|nasnet|swin|vit|bert|distilbert|roberta|gpt|u-?net|yolo)[ _-]?(?:v\d+(?![a-z\d])|b\d+(?![a-z\d])|\d+(?![a-z])|s(?=\b))?/gi;

export interface DesignNamed {
  /** Spelled as any code spells it: `resnet18`. */
  readonly name: string;
  readonly start: number;
  readonly end: number;
}

/** The designs that a text or code names, in their order. */
export function designsIn(text: string): DesignNamed[] {
  return [...text.matchAll(DESIGN)].map((match) => ({
    name: spelled(match[0]).replace(/s$/, ''),
    start: match.index,
    end: match.index + match[0].trimEnd().length,
  }));
}

/** Whether code names a design, whatever it writes between its name and number. */
export function hasDesign(code: string, name: string): boolean {
  return spelled(code).includes(name);
}

function spelled(text: string): string {
  return text.toLowerCase().replace(/[\s_-]/g, '');
}
