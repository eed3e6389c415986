// What a browser is told about every page: what may run and be loaded in it, which is what came from here and nothing
// else, and who may put it into a frame, which is nobody.

/** What is no page: nothing runs in it, and nobody frames it. */
export function apiHeaders(): Record<string, string> {
  return {
    ...pageHeaders(),
    'content-security-policy':
      "default-src 'none'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'",
    'cache-control': 'no-store',
  };
}

/**
 * The client's own page: no script at all, and nobody elsewhere is told its address. Within it is told, since a browser
 * that tells nobody says of its own forms that they come from nowhere.
 */
export function clientHeaders(): Record<string, string> {
  return {
    ...pageHeaders(),
    'content-security-policy': [
      ...["default-src 'none'", "style-src 'self'", "img-src 'self'", "form-action 'self'"],
      ...["base-uri 'none'", "frame-ancestors 'none'"],
    ].join('; '),
    'referrer-policy': 'same-origin',
    'x-robots-tag': 'noindex, nofollow, noarchive',
    'cache-control': 'no-store',
  };
}

export function pageHeaders(): Record<string, string> {
  return {
    'content-security-policy': [
      "default-src 'none'",
      ...["script-src 'self'", "style-src 'self'", "img-src 'self' data:", "font-src 'self'"],
      ...["connect-src 'self'", "media-src 'self' blob:", "manifest-src 'self'", "worker-src 'self'"],
      ...["form-action 'self'", "base-uri 'none'", "frame-ancestors 'none'"],
    ].join('; '),
    'referrer-policy': 'no-referrer',
    'x-content-type-options': 'nosniff',
    'x-frame-options': 'DENY',
    'cross-origin-opener-policy': 'same-origin',
    'permissions-policy': 'camera=(), geolocation=(), microphone=(self)',
  };
}
