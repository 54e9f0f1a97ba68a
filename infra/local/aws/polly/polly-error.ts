type Code =
  | 'EngineNotSupportedException'
  | 'InvalidSampleRateException'
  | 'InvalidSsmlException'
  | 'MarksNotSupportedForFormatException'
  | 'NotImplemented'
  | 'ServiceFailureException'
  | 'SsmlMarksNotSupportedForTextTypeException'
  | 'TextLengthExceededException'
  | 'ValidationException';

/** Every refusal, by the name AWS gives it: https://docs.aws.amazon.com/polly/latest/dg/API_SynthesizeSpeech.html#API_SynthesizeSpeech_Errors */
export class PollyError extends Error {
  override readonly name = 'PollyError';
  readonly code: Code;
  readonly status: number;

  constructor(code: Code, message: string, status = 400) {
    super(message);
    this.code = code;
    this.status = status;
  }
}
