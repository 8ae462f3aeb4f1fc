/** How a language model draws its words; recorded with every call. */
export interface Sampling {
  /** Nucleus sampling (paper section 6.1). */
  topP: number;
  /** null = the service's own default. */
  temperature: number | null;
  maxOutputTokens: number;
}
