import type { PhotoFormat, RenditionName } from '../catalog/photos.ts';
import type { Point } from './geodesy.ts';

/** Makes the pictures of a photo. */
export interface PhotoRenderer {
  /**
   * Rejects with a permanent `image_…` error when the photo cannot be taken, with a transient one when the renderer itself died. An abort of
   * the signal ends the work at once.
   */
  render(photo: Uint8Array, signal: AbortSignal): Promise<RenderedPhoto>;
}

/** The pictures are WebP, upright, sRGB, and hold no metadata. */
export interface RenderedPhoto {
  readonly format: PhotoFormat;
  /** Of the photo, upright, pixels. */
  readonly width: number;
  readonly height: number;
  readonly renditions: Readonly<Record<RenditionName, Rendition>>;
  /** Base64 (https://evanw.github.io/thumbhash/). */
  readonly thumbhash: string;
  /** `#rrggbb`. */
  readonly dominantColor: string;
  readonly origin: PhotoOrigin;
}

export interface Rendition {
  readonly width: number;
  readonly height: number;
  readonly content: Uint8Array;
}

/** When and where a photo was taken, as far as the camera noted it. */
export interface PhotoOrigin {
  /** `2012-05-06T14:23:11`, by the camera's clock. */
  readonly takenAt?: string | undefined;
  /** `+02:00`. */
  readonly utcOffset?: string | undefined;
  readonly position?: Point | undefined;
}
