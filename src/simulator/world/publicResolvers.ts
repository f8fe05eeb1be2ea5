/** Resolvers that everybody may ask, of Google, Cloudflare and Quad9. */
export const publicResolvers: readonly string[] = ['8.8.8.8', '8.8.4.4', '1.1.1.1', '1.0.0.1', '9.9.9.9'];
