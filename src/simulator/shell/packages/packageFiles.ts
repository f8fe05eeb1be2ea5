/** What packages put on the disk besides their programs. Paths that end in a slash are directories. */

import { apacheSettings, apacheTestPage } from './apacheFiles';
import { defaultPage, nginxSettings, notFoundPage, serverErrorPage } from './nginxFiles';

export type PackageFiles = Readonly<Record<string, string>>;

const unitFileOf = (description: string, command: string): string =>
  `[Unit]\nDescription=${description}\nAfter=network-online.target remote-fs.target nss-lookup.target\n\n[Service]\n${command}\n\n[Install]\nWantedBy=multi-user.target\n`;

export const packageFiles: Readonly<Record<string, PackageFiles>> = {
  'nginx-core': {
    '/etc/nginx/nginx.conf': nginxSettings,
    '/usr/share/nginx/html/index.html': defaultPage,
    '/usr/share/nginx/html/404.html': notFoundPage,
    '/usr/share/nginx/html/50x.html': serverErrorPage,
    '/usr/lib/systemd/system/nginx.service': unitFileOf(
      'The nginx HTTP and reverse proxy server',
      'Type=forking\nPIDFile=/run/nginx.pid\nExecStartPre=/usr/bin/rm -f /run/nginx.pid\nExecStartPre=/usr/sbin/nginx -t\nExecStart=/usr/sbin/nginx\nExecReload=/usr/sbin/nginx -s reload\nKillSignal=SIGQUIT\nTimeoutStopSec=5\nKillMode=mixed\nPrivateTmp=true',
    ),
  },
  'nginx-filesystem': {
    '/etc/nginx/conf.d/': '',
    '/etc/nginx/default.d/': '',
    '/usr/share/nginx/html/': '',
    '/usr/share/nginx/modules/': '',
    '/var/lib/nginx/': '',
    '/var/log/nginx/access.log': '',
    '/var/log/nginx/error.log': '',
  },
  'nginx-mimetypes': {
    '/etc/nginx/mime.types': 'types {\n    text/html                             html htm shtml;\n}\n',
  },
  'httpd-core': {
    '/etc/httpd/conf/httpd.conf': apacheSettings,
    '/usr/share/httpd/noindex/index.html': apacheTestPage,
    '/usr/lib/systemd/system/httpd.service': unitFileOf(
      'The Apache HTTP Server',
      'Type=notify\nEnvironment=LANG=C\nExecStart=/usr/sbin/httpd $OPTIONS -DFOREGROUND\nExecReload=/usr/sbin/httpd $OPTIONS -k graceful\nKillSignal=SIGWINCH\nKillMode=mixed\nPrivateTmp=true',
    ),
  },
  'httpd-filesystem': {
    '/etc/httpd/conf.d/': '',
    '/var/www/html/': '',
    '/var/www/cgi-bin/': '',
    '/var/log/httpd/access_log': '',
    '/var/log/httpd/error_log': '',
  },
};
