export const engines = ['generative', 'long-form', 'neural', 'standard'] as const;
export type Engine = (typeof engines)[number];

/** A voice as DescribeVoices lists it, and the voice of flite that speaks in its place. */
export interface Voice {
  readonly Id: string;
  readonly Gender: 'Female' | 'Male';
  readonly LanguageCode: 'en-US' | 'en-GB';
  readonly SupportedEngines: readonly Engine[];
  readonly flite: FliteVoice;
}

export type FliteVoice = 'slt' | 'rms' | 'awb';

/**
 * The voices of Amazon Polly with a local twin: those of the catalog, and one more with the standard engine for each accent.
 * https://docs.aws.amazon.com/polly/latest/dg/available-voices.html
 */
export const voices: readonly Voice[] = [
  voice('Danielle', 'Female', 'en-US', ['generative', 'long-form', 'neural'], 'slt'),
  voice('Joanna', 'Female', 'en-US', ['generative', 'neural', 'standard'], 'slt'),
  voice('Ruth', 'Female', 'en-US', ['generative', 'long-form', 'neural'], 'slt'),
  voice('Matthew', 'Male', 'en-US', ['generative', 'neural', 'standard'], 'rms'),
  voice('Stephen', 'Male', 'en-US', ['generative', 'neural'], 'rms'),
  voice('Gregory', 'Male', 'en-US', ['long-form', 'neural'], 'rms'),
  voice('Amy', 'Female', 'en-GB', ['generative', 'neural', 'standard'], 'slt'),
  voice('Brian', 'Male', 'en-GB', ['generative', 'neural', 'standard'], 'awb'),
  voice('Arthur', 'Male', 'en-GB', ['neural'], 'awb'),
];

function voice(
  Id: string,
  Gender: Voice['Gender'],
  LanguageCode: Voice['LanguageCode'],
  SupportedEngines: readonly Engine[],
  flite: FliteVoice,
): Voice {
  return { Id, Gender, LanguageCode, SupportedEngines, flite };
}
