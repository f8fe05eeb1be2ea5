import { encodeText } from '../../kernel/text';

export const nginxVersion = '1.28.0';

const reasons: Readonly<Record<number, string>> = {
  200: 'OK',
  204: 'No Content',
  301: 'Moved Permanently',
  302: 'Moved Temporarily',
  303: 'See Other',
  304: 'Not Modified',
  307: 'Temporary Redirect',
  308: 'Permanent Redirect',
  400: 'Bad Request',
  401: 'Unauthorized',
  403: 'Forbidden',
  404: 'Not Found',
  405: 'Not Allowed',
  410: 'Gone',
  429: 'Too Many Requests',
  500: 'Internal Server Error',
  502: 'Bad Gateway',
  503: 'Service Temporarily Unavailable',
  504: 'Gateway Time-out',
};

/** nginx's own words for a status (nginx/nginx:src/http/ngx_http_header_filter_module.c). */
export function nginxReason(status: number): string {
  return reasons[status] ?? '';
}

/** The page that nginx makes up for a status without a page of its own. */
export function builtInPage(status: number): Uint8Array {
  const title = `${status} ${nginxReason(status)}`;
  return encodeText(
    [
      '<html>',
      `<head><title>${title}</title></head>`,
      '<body>',
      `<center><h1>${title}</h1></center>`,
      `<hr><center>nginx/${nginxVersion}</center>`,
      '</body>',
      '</html>',
      '',
    ].join('\r\n'),
  );
}
