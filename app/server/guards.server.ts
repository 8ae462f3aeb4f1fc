import { randomBytes } from "node:crypto";
import type { RequestHandler } from "express";

/** Largest body that any form may have, but for those below. */
export const MAX_BODY_BYTES = 256 * 1024;
/** Lists of thousands of prompts, files of thousands of people and of their links. */
const LONG_FORMS =
  /^\/console\/studies\/[^/]+\/(settings(\.data)?|raters\/import(\.data)?|raters\/links\.csv)$/;
export const MAX_LONG_BODY_BYTES = 4 * 1024 * 1024;

const SAFE_METHODS = new Set(["GET", "HEAD", "OPTIONS"]);

/** Headers for every response; the nonce for inline scripts is left in `res.locals.nonce`. */
export function securityHeaders(options: {
  https: boolean;
  dev: boolean;
  /** Where images are fetched from besides this server. */
  imageOrigin: string | null;
}): RequestHandler {
  return (_req, res, next) => {
    const nonce = randomBytes(16).toString("base64");
    res.locals.nonce = nonce;
    const policy = [
      "default-src 'self'",
      // Vite's client injects styles and connects by web socket while developing.
      `script-src 'self' 'nonce-${nonce}'`,
      options.dev ? "style-src 'self' 'unsafe-inline'" : `style-src 'self' 'nonce-${nonce}'`,
      "style-src-attr 'unsafe-inline'",
      `img-src 'self' data: blob:${options.imageOrigin === null ? "" : ` ${options.imageOrigin}`}`,
      options.dev ? "connect-src 'self' ws:" : "connect-src 'self'",
      "font-src 'self'",
      "object-src 'none'",
      "base-uri 'none'",
      "form-action 'self'",
      "frame-ancestors 'none'",
    ];
    res.setHeader("content-security-policy", policy.join("; "));
    res.setHeader("x-content-type-options", "nosniff");
    res.setHeader("referrer-policy", "same-origin");
    res.setHeader("cross-origin-opener-policy", "same-origin");
    res.setHeader("cross-origin-resource-policy", "same-origin");
    res.setHeader("permissions-policy", "camera=(), microphone=(), geolocation=()");
    if (options.https) res.setHeader("strict-transport-security", "max-age=31536000; includeSubDomains");
    next();
  };
}

const isApi = (path: string) => /^\/api\/v1(\/|$)/.test(path);

/** The API knows keys only: a cookie is no way in, so that no page of another site can act through a browser. */
export const bearerOnly: RequestHandler = (req, _res, next) => {
  if (isApi(req.path)) delete req.headers.cookie;
  next();
};

/** The API has its own guards: a key that no browser sends by itself, and a body limit that speaks JSON. */
export function pagesOnly(guard: RequestHandler): RequestHandler {
  return (req, res, next) => (isApi(req.path) ? next() : guard(req, res, next));
}

/**
 * One guard for all unsafe methods, whatever the route: the browser must say that the request comes from our own pages
 * (the framework checks pages only, not resource routes).
 */
export function sameOriginOnly(baseUrl: string): RequestHandler {
  const own = new URL(baseUrl).origin;
  return (req, res, next) => {
    if (SAFE_METHODS.has(req.method)) return next();
    const site = req.get("sec-fetch-site");
    const origin = req.get("origin");
    const host = req.get("host");
    const sameOrigin = origin !== undefined && (origin === own || origin === `${req.protocol}://${host}`);
    if (site === "same-origin" || (site === undefined && sameOrigin)) return next();
    res.status(403).type("text/plain").send("This request does not come from a page of this site.");
  };
}

/** Refuses bodies that are too big, or whose size is not said, before anything reads them. */
export const bodyLimit: RequestHandler = (req, res, next) => {
  if (SAFE_METHODS.has(req.method)) return next();
  const length = req.get("content-length");
  if (length === undefined) {
    if (req.get("transfer-encoding") === undefined) return next();
    res.status(411).type("text/plain").send("Say how long the body is (Content-Length).");
    return;
  }
  if (Number(length) > (LONG_FORMS.test(req.path) ? MAX_LONG_BODY_BYTES : MAX_BODY_BYTES)) {
    res.setHeader("connection", "close");
    res.status(413).type("text/plain").send("This is too much text. Shorten it, then send it again.");
    return;
  }
  next();
};

/** A path that does not decode, or that holds a NUL, names nothing. */
export const decodablePath: RequestHandler = (req, res, next) => {
  try {
    if (!decodeURIComponent(req.path).includes("\u0000") && !/%00/.test(req.url)) return next();
  } catch {
    // falls through: not decodable
  }
  res.status(400).type("text/plain").send("This address is not valid.");
};
