const HERE = "http://here";

/**
 * `next` as a path of this site that a Location header can hold (percent-encoded), else `fallback`: no redirect ever
 * leaves the site.
 */
export function localPath(next: string, fallback: string): string {
  if (!/^\/(?!\/)[^\\\p{Cc}]*$/u.test(next)) return fallback;
  const url = URL.parse(next, HERE);
  if (url?.origin !== HERE) return fallback;
  const path = url.pathname + url.search;
  // "/.//elsewhere" only becomes "//elsewhere" once its dots are resolved.
  return path.startsWith("//") ? fallback : path;
}
