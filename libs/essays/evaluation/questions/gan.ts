import { marked, type EvaluatedQuestion } from '../evaluated.js';

export const GAN: EvaluatedQuestion = {
  name: 'gan',
  asked: 'Describe how a generative adversarial network is trained and name a typical problem.',
  points: [
    {
      id: 'generator',
      says: 'The generator turns random noise into samples and tries to fool the discriminator.',
      wordings: [
        'From a noise vector the generator makes images that the discriminator should take for real.',
      ],
    },
    {
      id: 'discriminator',
      says: 'The discriminator learns to distinguish real samples from generated ones.',
      wordings: ['The discriminator classifies images as real or fake.'],
    },
    {
      id: 'alternate',
      says: 'Both are trained in turn in a minimax game.',
      wordings: ['The two networks compete and are updated alternately.'],
    },
    {
      id: 'collapse',
      says: 'In mode collapse the generator produces only a few kinds of samples.',
      wordings: ['The generator always makes nearly the same image.'],
    },
    {
      id: 'saturate',
      says: 'If the discriminator is too good the gradient for the generator vanishes.',
      wordings: ['A perfect discriminator gives the generator no gradient.'],
    },
  ],
  misconceptions: [{ id: 'sees-real', says: 'The generator is trained directly on the real images.' }],
  answers: [
    marked(
      'good',
      `
{generator+|The generator gets a noise vector and produces an image, with the goal that the discriminator takes it for real.} {discriminator+|The discriminator is a binary classifier between real images and fakes.} {alternate+|One alternates: a step for D with G fixed, then a step for G with D fixed; it's a two player game.} A known problem is {collapse+|mode collapse, where G always makes nearly the same picture} because that one fools D.`,
    ),
    marked(
      'swapped',
      `
{generator!|The discriminator turns random noise into images and tries to fool the generator.} {discriminator!|The generator learns to distinguish real samples from generated ones.} {collapse!|In mode collapse the discriminator produces too many different kinds of samples.}`,
    ),
    marked(
      'short',
      `{generator~|G makes fakes}, {discriminator+|D tells real from fake}, {alternate+|trained against each other.}`,
    ),
    marked(
      'partial',
      `
A GAN consists of two networks. {discriminator+|The discriminator has to tell whether an image comes from the data set or was generated.} {generator+|The generator starts from noise and wants its images to be classified as real.} Training is hard and unstable.`,
    ),
    marked(
      'waffle',
      `
GANs were proposed by Ian Goodfellow in 2014. They can make pictures of people who do not exist, which is impressive but also dangerous because of deep fakes. To train one you need a good GPU and much patience. There are many variants like DCGAN, StyleGAN and CycleGAN. A typical problem is that the training takes a long time.`,
    ),
    marked(
      'non-native',
      `
There are two networks which fight. {generator+|Generator take random numbers and make a picture and he want that discriminator believe it is real.} {discriminator+|Discriminator must say if the picture is from dataset or from generator.} {saturate+|When discriminator is too strong then generator get no gradient and don't learn nothing.}`,
    ),
    marked(
      'paraphrase',
      `
{generator+|A forger paints pictures out of nothing and hopes that the expert buys them}; {discriminator+|the expert is shown originals and forgeries and practises keeping them apart.} {alternate+|They take turns getting better, each at the other's expense.} {collapse+|It may happen that the forger finds a single motif which goes through every time and then paints nothing else.} {saturate+|And if the expert can't be deceived at all, his verdict gives the forger no hint what to improve.}`,
    ),
    marked(
      'salad',
      `Generator noise samples fool discriminator real fake minimax game alternate training mode collapse few samples gradient vanishes.`,
    ),
    marked(
      'negated',
      `
{generator!|The generator does not use noise and does not try to fool the discriminator.} It is trained directly on the real images. {alternate!|Both networks are not trained in turn; the discriminator is trained first and then never changed.}`,
    ),
    marked(
      'long',
      `
Generative adversarial networks learn to sample from a distribution without writing down a likelihood. Two networks are involved. {generator+|The first, G, maps a latent vector z, drawn from a Gaussian, to a synthetic image; its parameters are moved in the direction that makes the second network more inclined to call G(z) genuine.} {discriminator+|The second, D, is shown images from the data set and images from G and outputs the probability of the former; it's trained with binary cross entropy.}

{alternate+|Optimisation alternates between the two, since what one maximises the other minimises.} At the equilibrium D outputs one half everywhere. In practice it's seldom reached. {saturate+|Early in training D separates the two sets perfectly, log(1 - D(G(z))) becomes flat and G receives hardly any gradient}, which is why the non-saturating loss is used. {collapse+|Another failure is that G covers only some modes of the data and generates hardly any variety.} FID is used to measure quality.`,
    ),
    marked(
      'vae',
      `A VAE has an encoder and a decoder and is trained with reconstruction loss and KL divergence. It is more stable than a GAN but the images are blurry.`,
    ),
    marked(
      'spanish',
      `El generador crea muestras a partir de ruido y trata de engañar al discriminador, que aprende a distinguir las imágenes reales de las generadas. Los dos se entrenan por turnos en un juego minimax.`,
    ),
  ],
};
