/** Port of the text-to-image model (paper section 2.2). One call makes one image. */
import type { CallParameters, ReportCall } from "../domain/provider-call.ts";

export interface RenderRequest {
  prompt: string;
  /** 31-bit unsigned. */
  seed: number;
  /** Requested edge length in pixels; images are square. */
  sizePx: number;
}

export interface RenderedImage {
  bytes: Buffer;
  mimeType: "image/png" | "image/webp" | "image/jpeg";
  widthPx: number;
  heightPx: number;
  /** What the service really used, as far as it says: model, version, seed, steps, guidance … */
  parameters?: CallParameters;
}

export interface T2iModel {
  readonly id: string;
  readonly version: string;
  /** Shown to coordinators, never to raters. */
  readonly label: string;
  /** How many renders may usefully run at once. */
  readonly concurrency: number;
  /** A remote model tells `report` of each upstream call, failed ones too. Throws ProviderError. */
  render(request: RenderRequest, signal: AbortSignal, report?: ReportCall): Promise<RenderedImage>;
}
