/** `next` if it is a path of this site, else `fallback`: no redirect ever leaves the site. */
export function localPath(next: string, fallback: string): string {
  return /^\/(?![/\\])[^\\\p{Cc}]*$/u.test(next) ? next : fallback;
}
