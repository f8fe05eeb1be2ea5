import type { WireRequest, WireResponse } from '../../../core/ports/wire';
import type { InternetSite } from '../../world/internetSites';

const encoder = new TextEncoder();

/** The page of the names that are kept for examples (RFC 2606 §3), in our words. */
const page = `<!doctype html>
<html lang="en">
<head><title>Example Domain</title><meta name="viewport" content="width=device-width, initial-scale=1"></head>
<body><h1>Example Domain</h1><p>This name is kept for use in documentation examples.</p></body>
</html>
`;

/** A site's answer to any request; `sourceAddress` is the caller's as the site sees it. */
export function answerOfSite(site: InternetSite, request: WireRequest, sourceAddress: string): WireResponse {
  if (request.method !== 'GET' && request.method !== 'HEAD') return text(405, '', 'text/plain');
  return site.shows === 'page' ? text(200, page, 'text/html') : text(200, `${sourceAddress}\n`, 'text/plain');
}

function text(status: number, body: string, type: string): WireResponse {
  return { status, headers: { 'content-type': `${type}; charset=utf-8` }, body: encoder.encode(body) };
}
