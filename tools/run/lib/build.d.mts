export function isBuildStale(): boolean;
export function ensureBuilt(): Promise<void>;
