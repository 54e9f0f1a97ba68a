// Imported first by a sandbox whose clock is to be wrong.
const skewMs = Number(process.env.LOCAL_CLOCK_SKEW_MS);
const RightDate = Date;

globalThis.Date = class extends RightDate {
  constructor(...parts) {
    if (parts.length === 0) super(RightDate.now() + skewMs);
    else super(...parts);
  }

  static now() {
    return RightDate.now() + skewMs;
  }
};
