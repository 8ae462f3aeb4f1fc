export function findChromium(): string | null;
export function findPostgresBin(): string | null;
export function findRadosgwPath(): string | null;
export function aptInstall(packages: string[]): Promise<string | null>;
